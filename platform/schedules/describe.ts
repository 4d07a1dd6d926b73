import type { ScheduleDescription } from '@temporalio/client';
import type { ScheduleDetail, ScheduleSummary } from '../../core/api/schedules.ts';
import type { Wait } from '../../core/run-state.ts';
import { type Times, timesOf } from '../../core/schedule/times.ts';
import { timesInWords } from '../../core/schedule/words.ts';
import { waitEnd } from '../../core/wait-end.ts';
import type { ListedSchedule } from './listed.ts';
import { nextTimes, shown } from './next-times.ts';
import { hasTimesAsWritten, isAsWritten, overlapOf, temporalSchedule, timesIn } from './spec.ts';
import { madeFrom } from './sync.ts';
import { timeZoneFault } from './time-zone.ts';
import type { WantedSchedule } from './wanted.ts';

/** A schedule as people see it: as Temporal has it, and as it is saved where Temporal does not know of it yet. */
export function summaryOf(
  wanted: WantedSchedule,
  found: ListedSchedule | ScheduleDescription | undefined,
  now: Date,
): Omit<ScheduleSummary, 'running' | 'lastRun'> {
  const { trigger, version, spec, schedule } = wanted;
  const times = found === undefined ? timesOf(schedule) : timesIn(found);
  return {
    name: trigger,
    description: spec.description ?? null,
    version,
    pipelines: (spec.runs ?? []).map(({ pipeline }) => pipeline),
    every: timesInWords(times),
    timeZone: times.timeZone,
    next: comingOf(found, times, now).map((at) => at.toISOString()),
    ...standOf(wanted, found),
    paused: found?.state.paused ?? schedule.paused === true,
    note: found?.state.note || null,
    wait: waitOf(found !== undefined && 'raw' in found ? Number(found.raw.info?.bufferSize ?? 0) : 0),
  };
}

/** What only the one that is asked for says. */
export function policiesOf(
  { schedule }: WantedSchedule,
  found: ScheduleDescription | undefined,
): Pick<ScheduleDetail, 'overlap' | 'catchUp' | 'jitter' | 'skipped' | 'missed'> {
  const policies = found?.policies ?? temporalSchedule(schedule).policies;
  const { jitter } = found === undefined ? timesOf(schedule) : timesIn(found);
  return {
    overlap: overlapOf(policies.overlap),
    catchUp: Number(policies.catchupWindow) / 1000,
    jitter: jitter / 1000,
    skipped: found?.info.numActionsSkippedOverlap ?? 0,
    missed: found?.info.numActionsMissedCatchupWindow ?? 0,
  };
}

function waitOf(starts: number): Wait | null {
  if (starts === 0) return null;
  const wait = { kind: 'overlap', starts } as const;
  return { ...wait, endsWhen: waitEnd(wait) };
}

/**
 * Temporal does not look at a paused schedule again, so what it said of it may be past by now; and a list has but the
 * first times.
 */
function comingOf(found: ListedSchedule | ScheduleDescription | undefined, times: Times, now: Date): readonly Date[] {
  const told = found?.info.nextActionTimes ?? [];
  const coming = told.filter((at) => at > now);
  // A zone that only Temporal knows cannot be counted in here.
  if (timeZoneFault(times.timeZone) !== undefined) return coming;
  if (coming.length < told.length) return nextTimes(times, now, shown);
  const last = coming.at(-1);
  if (found === undefined || last === undefined || 'policies' in found || (found.spec.skip ?? []).length > 0)
    return coming;
  return [...coming, ...nextTimes(times, last, shown - coming.length)];
}

function standOf(
  { madeFrom: wanted, refusal, schedule }: WantedSchedule,
  found: ListedSchedule | ScheduleDescription | undefined,
): Pick<ScheduleSummary, 'state' | 'refusal'> {
  if (found === undefined || madeFrom(found) !== wanted)
    return { state: refusal === null ? 'pending' : 'refused', refusal };
  const same = 'policies' in found ? isAsWritten(found, schedule) : hasTimesAsWritten(found, schedule);
  return { state: same ? 'same' : 'changed', refusal: null };
}
