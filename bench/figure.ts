import type { RawTemporal } from './raw/client.ts';
import type { StartedServer } from './server.ts';

/** One measured figure, with what it must reach. Times in the unit that is named. */
export interface Figure {
  name: string;
  unit: string;
  palvella: number;
  /** The raw Temporal SDK on the same server in the same run, where there is one to compare with. */
  raw?: number;
  /** What is compared with the limit: palvella / raw, or the value itself. */
  value: number;
  limit: number;
  /** Whether `value` must be at most or at least the limit. */
  must: 'at most' | 'at least';
  met: boolean;
  /** What was seen besides. */
  detail?: Record<string, number | string>;
}

interface Bench {
  server: StartedServer;
  raw: RawTemporal;
}

/** A file in figures/ exports one of these by default. */
export type Measure = (bench: Bench) => Promise<Figure[]>;

export function ratio(
  name: string,
  unit: string,
  palvella: number,
  raw: number,
  must: Figure['must'],
  limit: number,
): Figure {
  return judged({ name, unit, palvella, raw, value: palvella / raw, must, limit });
}

export function absolute(
  name: string,
  unit: string,
  palvella: number,
  must: Figure['must'],
  limit: number,
  detail: Record<string, number | string> = {},
): Figure {
  return judged({ name, unit, palvella, value: palvella, must, limit, detail });
}

function judged(figure: Omit<Figure, 'met'>): Figure {
  const { value, limit, must } = figure;
  return { ...figure, met: must === 'at most' ? value <= limit : value >= limit };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[middle]];
  if (low === undefined || high === undefined) throw new Error('median of nothing');
  return (low + high) / 2;
}

/** Milliseconds that `act` takes. */
export async function timed(act: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await act();
  return performance.now() - began;
}

/** Both sides in turn, so that what the machine does besides falls on both; the first turn only warms up. */
export async function inTurn(
  samples: number,
  palvella: () => Promise<number>,
  raw: () => Promise<number>,
): Promise<{ palvella: number; raw: number }> {
  await palvella();
  await raw();
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let sample = 0; sample < samples; sample++) {
    ours.push(await palvella());
    theirs.push(await raw());
  }
  return { palvella: median(ours), raw: median(theirs) };
}

/** At most `width` of the tasks at once. */
export async function atOnce(count: number, width: number, task: (at: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < count) await task(next++);
  };
  await Promise.all(Array.from({ length: Math.min(width, count) }, lane));
}
