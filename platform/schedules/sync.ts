import {
  type Client,
  ScheduleAlreadyRunning,
  type ScheduleDescription,
  ScheduleNotFoundError,
} from '@temporalio/client';
import type { Pool } from 'pg';
import { controlQueue, scheduledStartIds, scheduleId, scheduleIds } from '../../core/keys.ts';
import { definitionKey } from '../temporal/search-attributes.ts';
import { keepingRefusal } from './refusals.ts';
import { temporalSchedule } from './spec.ts';
import { type WantedSchedule, wantedSchedule, wantedSchedules, writtenSchedule } from './wanted.ts';

type Warn = (message: string, error: unknown) => void;

export interface ScheduleSync {
  /** Makes Temporal have what is saved of one Trigger, or have nothing where it has no schedule. */
  one(trigger: string): Promise<void>;
  /** The same of all, and removes what no Trigger wants. Safe to repeat, and to do side by side. */
  all(warn: Warn): Promise<void>;
  /** Over what somebody changed there, too. */
  overwrite(wanted: WantedSchedule): Promise<void>;
}

/**
 * What is wanted is PostgreSQL's; whether it is paused, and a change that somebody made with Temporal's own tools, is
 * Temporal's, and stays until the Trigger is saved anew.
 */
export function createScheduleSync({ pool, client }: { pool: Pool; client: Client }): ScheduleSync {
  async function one(trigger: string): Promise<void> {
    const wanted = await wantedSchedule(pool, trigger);
    const found = await describe(client, trigger);
    if (wanted === undefined) {
      if (found !== undefined && madeFrom(found) !== undefined) await remove(trigger);
    } else if (found === undefined || madeFrom(found) !== wanted.madeFrom) await tell(wanted, found);
  }

  /** `found`: what Temporal has of it now. */
  function tell(wanted: WantedSchedule, found: ScheduleDescription | undefined): Promise<void> {
    return keepingRefusal(pool, wanted, () => (found === undefined ? create(wanted) : update(wanted, found)));
  }

  async function create(wanted: WantedSchedule): Promise<void> {
    const { trigger, schedule } = wanted;
    const paused = schedule.paused === true;
    try {
      await client.schedule.create({
        scheduleId: scheduleId(trigger),
        ...made(wanted),
        state: paused ? { paused, note: pausedByFile } : {},
      });
    } catch (error) {
      // Whoever did the same at the same time made it of the same.
      if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    }
  }

  async function update(wanted: WantedSchedule, found: ScheduleDescription): Promise<void> {
    const before = await writtenSchedule(pool, madeFrom(found) ?? '');
    const paused = wanted.schedule.paused === true;
    const state =
      (before?.paused === true) === paused
        ? { paused: found.state.paused, note: found.state.note ?? '' }
        : { paused, note: paused ? pausedByFile : '' };
    await client.schedule.getHandle(scheduleId(wanted.trigger)).update(() => ({ ...made(wanted), state }));
  }

  async function remove(trigger: string): Promise<void> {
    try {
      await client.schedule.getHandle(scheduleId(trigger)).delete();
    } catch (error) {
      if (!(error instanceof ScheduleNotFoundError)) throw error;
    }
  }

  return {
    one,
    overwrite: async (wanted) => tell(wanted, await describe(client, wanted.trigger)),
    all: async (warn) => {
      // Temporal first: what it has then was wanted by somebody before what is wanted now is read.
      const there = new Map<string, string | undefined>();
      for await (const { scheduleId: id, typedSearchAttributes } of client.schedule.list()) {
        if (id.startsWith(scheduleIds))
          there.set(id.slice(scheduleIds.length), typedSearchAttributes?.get(definitionKey));
      }
      const wanted = new Map((await wantedSchedules(pool)).map((each) => [each.trigger, each.madeFrom]));
      const different = [...new Set([...there.keys(), ...wanted.keys()])].filter(
        (trigger) => there.get(trigger) !== wanted.get(trigger),
      );
      for (const trigger of different) {
        await one(trigger).catch((error: unknown) => warn(`the schedule of ${trigger} is not in step`, error));
      }
    },
  };
}

const pausedByFile = 'Its file says paused: true.';

/** Undefined where Temporal knows none. */
export async function describe(client: Client, trigger: string): Promise<ScheduleDescription | undefined> {
  try {
    return await client.schedule.getHandle(scheduleId(trigger)).describe();
  } catch (error) {
    if (error instanceof ScheduleNotFoundError) return undefined;
    throw error;
  }
}

/** Of a Schedule that was made here. */
export function madeFrom({ typedSearchAttributes }: Pick<ScheduleDescription, 'typedSearchAttributes'>) {
  return typedSearchAttributes.get(definitionKey);
}

function made({ trigger, madeFrom: from, schedule }: WantedSchedule) {
  return {
    ...temporalSchedule(schedule),
    action: {
      type: 'startWorkflow' as const,
      workflowType: 'scheduledStart',
      taskQueue: controlQueue,
      workflowId: scheduledStartIds(trigger),
      args: [{ trigger }],
    },
    typedSearchAttributes: [{ key: definitionKey, value: from }],
  };
}
