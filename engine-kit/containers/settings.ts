import type { z } from 'zod';
import { PalvellaError } from '../../core/errors.ts';
import type { JsonObject } from '../../core/json.ts';

/** Settings that all Engines of containers have. */
export interface ContainerSettings {
  shell?: string[] | undefined;
  environ?: Record<string, string | number | boolean> | undefined;
}

export const defaultShell = ['sh', '-e', '-c'];
/** What the system takes as one word of a command line or one variable, with its end. */
const longestWord = 128 * 1024 - 1;

/** The plan was checked when it was saved, but not yet what its expressions came to. */
export function parseSettings<Settings>(schema: z.ZodType<Settings>, given: JsonObject): Settings {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new PalvellaError('engine_refused', `the Engine’s ${issue?.path.join('.')} is wrong: ${issue?.message}`);
}

export function textsOf(environ: ContainerSettings['environ']): Record<string, string> {
  return Object.fromEntries(Object.entries(environ ?? {}).map(([name, value]) => [name, String(value)]));
}

export function isTooLong(argv: readonly string[], environ: Readonly<Record<string, string>>): boolean {
  const words = [...argv, ...Object.entries(environ).map(([name, value]) => `${name}=${value}`)];
  return words.some((word) => Buffer.byteLength(word) > longestWord);
}
