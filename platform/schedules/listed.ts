import type { Client, ScheduleDescription } from '@temporalio/client';
import { scheduleId, scheduleIds } from '../../core/keys.ts';
import { describe } from './sync.ts';

/** What Temporal tells of a Schedule in a list: as it was a moment ago, without policies, counts, and what waits. */
export interface ListedSchedule extends Pick<ScheduleDescription, 'spec' | 'typedSearchAttributes'> {
  state: Pick<ScheduleDescription['state'], 'paused' | 'note'>;
  info: Pick<ScheduleDescription['info'], 'nextActionTimes'>;
}

/** One of some hundred descriptions takes Temporal five seconds: the list then goes without it. */
const patienceMs = 1_000;

/**
 * Those of these Triggers that Temporal knows, in one call: to describe one is a question to its workflow. Only of those
 * in `described` more is wanted.
 */
export async function listSchedules(
  client: Client,
  triggers: readonly string[],
  described: readonly string[],
): Promise<Map<string, ListedSchedule | ScheduleDescription>> {
  const [listed, answers] = await Promise.all([
    listOf(client, triggers),
    client.withDeadline(Date.now() + patienceMs, () =>
      Promise.allSettled(described.map((trigger) => describe(client, trigger))),
    ),
  ]);
  const found = new Map<string, ListedSchedule | ScheduleDescription>(listed);
  for (const [index, answer] of answers.entries())
    if (answer.status === 'fulfilled' && answer.value !== undefined)
      found.set(described[index] as string, answer.value);
  return found;
}

async function listOf(client: Client, triggers: readonly string[]): Promise<Map<string, ListedSchedule>> {
  const found = new Map<string, ListedSchedule>();
  if (triggers.length === 0) return found;
  const query = `ScheduleId IN (${triggers.map((trigger) => JSON.stringify(scheduleId(trigger))).join(', ')})`;
  for await (const { scheduleId: id, spec, typedSearchAttributes, state, info } of client.schedule.list({ query })) {
    if (spec === undefined || typedSearchAttributes === undefined) continue;
    found.set(id.slice(scheduleIds.length), { spec, typedSearchAttributes, state, info });
  }
  return found;
}
