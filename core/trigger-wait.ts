import type { JsonObject } from './json.ts';
import type { ActionKey } from './keys.ts';

/** A try of an Action that goes on with the next delivery of a Trigger. */
export interface TriggerWaitRequest extends ActionKey {
  trigger: string;
}

export type TriggerOutcome =
  | { state: 'waiting' }
  /** `output`: the payload; `note`: what of it is missing. */
  | { state: 'sent'; delivery: string; output: JsonObject; note: string | null }
  | { state: 'ended' };
