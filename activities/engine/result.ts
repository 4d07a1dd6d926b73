import type { Exit } from '../../core/contracts/engine.ts';
import type { ActionOutcome } from '../../core/contracts/plugin.ts';
import type { Json, JsonObject } from '../../core/json.ts';
import { errorSentence } from '../../core/sentence.ts';
import type { ActionResult } from '../types.ts';

/** What may come back to the workflow as named outputs, in bytes of JSON. */
export const maxOutputBytes = 32 * 1024;

export type Ending = Pick<ActionResult, 'status' | 'exitStatus' | 'output' | 'reason'>;

/** What an Action ends as when its code returned. */
export function endingOf(outcome: ActionOutcome, exit: Exit | undefined): Ending {
  const exitStatus = outcome.exitStatus ?? exit?.status ?? null;
  if (exit?.broke !== undefined) return { status: 'errored', exitStatus, output: {}, reason: exit.broke };
  const output = outcome.output ?? {};
  const bytes = Buffer.byteLength(JSON.stringify(output));
  if (bytes > maxOutputBytes) {
    const reason = `The named outputs hold ${Math.ceil(bytes / 1024)} KiB, more than the ${maxOutputBytes / 1024} KiB that fit in a run. Put large values in a file and keep it with store.`;
    return { status: 'errored', exitStatus, output: {}, reason };
  }
  return { status: outcome.status, exitStatus, output, reason: outcome.reason ?? null };
}

/** What an Action ends as when its code, or what it stands on, threw. */
export function endingOfError(error: unknown): Ending {
  return { status: 'errored', exitStatus: null, output: {}, reason: errorSentence(error) };
}

/** Applies `mask` to every text in a value, names of fields among them, and to numbers: a secret may be digits only. */
export function maskJson(value: Json, mask: (text: string) => string): Json {
  if (typeof value === 'string') return mask(value);
  if (typeof value === 'number') {
    const masked = mask(String(value));
    return masked === String(value) ? value : masked;
  }
  if (Array.isArray(value)) return value.map((item) => maskJson(item, mask));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [mask(name), maskJson(item, mask)]));
}

export function maskEnding(ending: Ending, mask: (text: string) => string): Ending {
  return {
    ...ending,
    output: maskJson(ending.output, mask) as JsonObject,
    reason: ending.reason === null ? null : mask(ending.reason),
  };
}
