import type { Client } from '@temporalio/client';
import type { Pool } from 'pg';
import type { RunSummary } from '../../core/api/objects.ts';
import type { Backfilled, NextTimes, ScheduleDetail, ScheduleSummary } from '../../core/api/schedules.ts';
import { errorCode, PalvellaError, problemWith } from '../../core/errors.ts';
import { scheduleId } from '../../core/keys.ts';
import { sentence } from '../../core/language/document.ts';
import type { Schedule } from '../../core/language/schema-schedule.ts';
import { listed, nearestHint } from '../../core/nearest.ts';
import { timesOf } from '../../core/schedule/times.ts';
import { timesInWords } from '../../core/schedule/words.ts';
import { callTemporal } from '../temporal/call.ts';
import { noteAsk } from './asks.ts';
import { scheduleFault } from './check.ts';
import { policiesOf, summaryOf } from './describe.ts';
import { firingsOf, noStanding, standingsOf, started } from './firings.ts';
import { listSchedules } from './listed.ts';
import { matchingTimes } from './matching-times.ts';
import { nextTimes, shown } from './next-times.ts';
import { type Overlap, temporalOverlap } from './spec.ts';
import { createScheduleSync, describe } from './sync.ts';
import { everScheduled, type WantedSchedule, wantedSchedule, wantedSchedules } from './wanted.ts';

export { overlapNames } from './spec.ts';
export { createScheduleSync } from './sync.ts';
export { timeZones } from './time-zone.ts';

/** What starts by the clock. Each call but `preview` asks Temporal, and is `unavailable` where that is away. */
export interface Schedules {
  list(filter: { q?: string | undefined; after?: string | undefined; limit: number }): Promise<ScheduleSummary[]>;
  get(name: string): Promise<ScheduleDetail>;
  /** The next ten times of a schedule that need not be saved. */
  preview(schedule: Schedule): NextTimes;
  pause(name: string, note: string): Promise<void>;
  resume(name: string, note: string): Promise<void>;
  /** Starts at once, beside all that goes on. */
  run(name: string, by: string): Promise<void>;
  /** Starts what would have started between two moments, both counted; a time that had its start gets no second one. */
  backfill(name: string, span: { from: Date; to: Date; overlap: Overlap }, by: string): Promise<Backfilled>;
  /** Undoes what somebody changed in Temporal. */
  putBack(name: string): Promise<void>;
  /** After a Trigger was saved or removed: where Temporal is away the reconciler does it. */
  sync(triggers: readonly string[]): Promise<void>;
}

/** Temporal buffers a thousand, and half of them for back-fills. */
const mostBackfilled = 500;
const runNowMs = 60_000;
/** Once in some hundred times Temporal takes 5 s, the patience of its own queue, to describe a schedule. */
const describedMs = 12_000;

export function createSchedules(deps: {
  pool: Pool;
  client: Client;
  summaries(ids: readonly string[]): Promise<RunSummary[]>;
  warn(message: string, error: unknown): void;
}): Schedules {
  const { pool, client, summaries, warn } = deps;
  const sync = createScheduleSync(deps);

  async function wantedOf(name: string): Promise<WantedSchedule> {
    const wanted = await wantedSchedule(pool, name);
    if (wanted !== undefined) return wanted;
    const names = (await wantedSchedules(pool)).map(({ trigger }) => trigger);
    throw new PalvellaError('not_found', `There is no schedule ${JSON.stringify(name)}${nearestHint(name, names)}`);
  }

  /** Of a schedule that Temporal has, also where it was yet to be told. */
  async function change(name: string, work: (handle: ReturnType<typeof handleOf>) => Promise<void>): Promise<void> {
    await wantedOf(name);
    await callTemporal(
      client,
      async () => {
        await sync.one(name).catch(async (error: unknown) => {
          // One whose newest version Temporal does not take goes on by the one before, and must be held all the same.
          if (errorCode(error) !== 'conflict' || (await describe(client, name)) === undefined) throw error;
        });
        await work(handleOf(name));
      },
      describedMs,
    );
  }
  const handleOf = (name: string) => client.schedule.getHandle(scheduleId(name));

  return {
    list: async (filter) => {
      const wanted = await wantedSchedules(pool, filter);
      const triggers = wanted.map(({ trigger }) => trigger);
      const standings = await standingsOf(pool, triggers);
      // A start waits only where an earlier one goes on.
      const busy = triggers.filter((trigger) => (standings.get(trigger)?.running ?? 0) > 0);
      const [runs, found] = await Promise.all([
        summaries([...standings.values()].flatMap(({ lastRunId }) => lastRunId ?? [])),
        callTemporal(client, () => listSchedules(client, triggers, busy)),
      ]);
      const now = new Date();
      return wanted.map((each) => {
        const { lastRunId, running } = standings.get(each.trigger) ?? noStanding;
        const lastRun = runs.find(({ id }) => id === lastRunId) ?? null;
        return { ...summaryOf(each, found.get(each.trigger), now), running, lastRun };
      });
    },

    get: async (name) => {
      const wanted = await wantedOf(name);
      const found = await callTemporal(client, () => describe(client, name), describedMs);
      const { lastRunId, running, started: count } = (await standingsOf(pool, [name])).get(name) ?? noStanding;
      const [lastRun = null] = lastRunId === null ? [] : await summaries([lastRunId]);
      return {
        ...summaryOf(wanted, found, new Date()),
        ...policiesOf(wanted, found),
        running,
        started: count,
        lastRun,
        firings: await firingsOf({ pool, summaries }, name),
      };
    },

    preview: (schedule) => {
      const now = new Date();
      const fault = scheduleFault(schedule, now);
      if (fault !== undefined) throw refusal(['schedule', ...fault.path].join('.'), fault.message);
      const times = timesOf(schedule);
      const next = nextTimes(times, now, shown).map((at) => at.toISOString());
      return { every: timesInWords(times), timeZone: times.timeZone, next };
    },

    pause: (name, note) => change(name, (handle) => handle.pause(note)),
    resume: (name, note) => change(name, (handle) => handle.unpause(note)),
    run: (name, by) =>
      change(name, async (handle) => {
        // Temporal says the second in which it comes to it.
        const from = new Date(Date.now() - 1_000);
        await noteAsk(pool, { trigger: name, by, from, to: new Date(from.getTime() + runNowMs) });
        await handle.trigger('ALLOW_ALL');
      }),

    backfill: async (name, { from, to, overlap }, by) => {
      if (to.getTime() > Date.now())
        throw refusal('to', 'a back-fill ends in the past; what is to come starts by itself');
      if (from.getTime() >= to.getTime()) throw refusal('to', 'it ends before it begins');
      // Temporal counts the end.
      const span = { start: from, end: new Date(to.getTime() - 1) };
      let times: Date[] = [];
      await change(name, async (handle) => {
        times = await matchingTimes(client, scheduleId(name), span);
        if (times.length > mostBackfilled) {
          throw refusal(
            'from',
            `these are ${times.length} times, more than ${mostBackfilled} at once; take a shorter span`,
          );
        }
        if (times.length === 0) return;
        await noteAsk(pool, { trigger: name, by, from, to });
        await handle.backfill({ ...span, overlap: temporalOverlap(overlap) });
      });
      const had = await started(pool, name, times);
      return { times: times.length - had, had };
    },

    putBack: async (name) => {
      const wanted = await wantedOf(name);
      await callTemporal(client, () => sync.overwrite(wanted), describedMs);
    },

    sync: async (triggers) => {
      let waiting = triggers;
      try {
        waiting = await everScheduled(pool, triggers);
        for (const trigger of waiting) {
          await callTemporal(client, () => sync.one(trigger)).catch((error: unknown) => {
            // Then each other would only wait as long: whoever saves is not kept, and the reconciler tells of them.
            if (errorCode(error) === 'unavailable') throw error;
            warn(`Temporal was not told of the schedule ${trigger} yet`, error);
          });
          waiting = waiting.slice(1);
        }
      } catch (error) {
        warn(`Temporal was not told of ${listed(waiting.map((trigger) => `the schedule ${trigger}`))} yet`, error);
      }
    },
  };
}

function refusal(path: string, text: string): PalvellaError {
  const message = sentence(`${path}: ${text}`);
  return new PalvellaError('invalid_request', message, { problems: [problemWith(path, message)] });
}
