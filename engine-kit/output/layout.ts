import { createHash } from 'node:crypto';

/** Files in the folder of one try of one Action. */

/** Written before the process is made: without it nothing was ever started. */
export const startedFile = 'started.json';
export const exitFile = 'exit.json';
export const namedOutputFile = 'output';
export const summaryFile = 'summary';

/** Bytes of named outputs that are read. */
export const maxNamedOutput = 1024 * 1024;
/** Bytes of a summary that are kept. */
export const maxSummary = 256 * 1024;

const segmentPrefix = 'out-';

/** Segments are named by the offset of their first byte, so that any offset is found without reading. */
export function segmentName(offset: number): string {
  return segmentPrefix + String(offset).padStart(16, '0');
}

/** Offsets of the segments among these file names, ascending. */
export function segmentOffsets(names: readonly string[]): number[] {
  return names
    .filter((name) => name.startsWith(segmentPrefix))
    .map((name) => Number(name.slice(segmentPrefix.length)))
    .sort((a, b) => a - b);
}

/** Names of Jobs may be long and hold any character, file names may not. */
export function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
