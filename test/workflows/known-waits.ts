import type { ControlActivities } from '../../activities/types.ts';
import type { JsonObject } from '../../core/json.ts';
import { actionKeyText } from '../../core/keys.ts';
import type { TriggerOutcome, TriggerWaitRequest } from '../../core/trigger-wait.ts';

export type KnownWaits = Map<string, { request: TriggerWaitRequest; outcome: TriggerOutcome }>;

/** What a database would have of Jobs that wait for Triggers. */
export function waitActivities(
  waits: KnownWaits,
): Pick<ControlActivities, 'awaitTrigger' | 'readTriggerWait' | 'endTriggerWait'> {
  const outcomeOf = (id: string): TriggerOutcome => waits.get(id)?.outcome ?? { state: 'ended' };
  return {
    async awaitTrigger(request) {
      const waitId = actionKeyText(request);
      if (!waits.has(waitId)) waits.set(waitId, { request, outcome: { state: 'waiting' } });
      return { waitId, outcome: outcomeOf(waitId) };
    },
    async readTriggerWait(id) {
      return outcomeOf(id);
    },
    async endTriggerWait(id) {
      const found = waits.get(id);
      if (found?.outcome.state === 'waiting') found.outcome = { state: 'ended' };
      return outcomeOf(id);
    },
  };
}

/** Ids of the waits of a run that were woken by it. */
export function wake(waits: KnownWaits, runId: string, output: JsonObject): string[] {
  const woken = [...waits].filter(([, { request, outcome }]) => request.runId === runId && outcome.state === 'waiting');
  for (const [, wait] of woken) wait.outcome = { state: 'sent', delivery: 'd1', output, note: null };
  return woken.map(([id]) => id);
}
