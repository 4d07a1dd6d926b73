import type { Exit } from '../../core/contracts/engine.ts';
import type { ActionOutcome } from '../../core/contracts/plugin.ts';
import { PalvellaError } from '../../core/errors.ts';
import type { Json, JsonObject } from '../../core/json.ts';
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
  const message = error instanceof Error ? error.message : String(error);
  const remedy = error instanceof PalvellaError && error.remedy !== undefined ? ` ${error.remedy}` : '';
  return { status: 'errored', exitStatus: null, output: {}, reason: `${sentence(message)}${remedy}` };
}

function sentence(text: string): string {
  const trimmed = text.trim();
  const capital = trimmed.charAt(0).toUpperCase() + trimmed.slice(1);
  return /[.!?]$/.test(capital) ? capital : `${capital}.`;
}

/** Applies `mask` to every text in a value, names of fields among them. */
export function maskJson(value: Json, mask: (text: string) => string): Json {
  if (typeof value === 'string') return mask(value);
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
