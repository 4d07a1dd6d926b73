import { tryPrefix } from '../core/tries.ts';

/** A pattern that finds the text anywhere; absent, it finds all. */
export function like(text = ''): string {
  return `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`;
}

/** Leaves out the runs that try what is not saved. */
export const noTry = `pipeline not like '${tryPrefix}%'`;
