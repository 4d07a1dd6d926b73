import type { LogLine } from '../../../core/api/objects.ts';
import { plainText } from './ansi.ts';

export interface Found {
  /** Numbers of the lines, ascending. */
  lines: readonly number[];
  /** The last line that was looked at. */
  upTo: number;
  /** There are more than are kept. */
  more: boolean;
}

export const nothingFound: Found = { lines: [], upTo: 0, more: false };
const maxFound = 10_000;

/** Goes on where `found` stopped. Any case. */
export function searchLines(found: Found, lines: readonly LogLine[], query: string): Found {
  const wanted = query.toLowerCase();
  const hits = lines.filter((line) => line.n > found.upTo && plainText(line.text).toLowerCase().includes(wanted));
  const all = [...found.lines, ...hits.map((line) => line.n)];
  return {
    lines: all.length > maxFound ? all.slice(0, maxFound) : all,
    upTo: lines[lines.length - 1]?.n ?? found.upTo,
    more: found.more || all.length > maxFound,
  };
}

/** The hit after line `from`, or before it; goes round. */
export function nextHit(lines: readonly number[], from: number, step: 1 | -1): number | undefined {
  if (step === 1) return lines.find((line) => line > from) ?? lines[0];
  return lines.findLast((line) => line < from) ?? lines[lines.length - 1];
}
