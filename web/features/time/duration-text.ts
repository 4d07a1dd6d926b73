/** Two units at most: `0.4 s`, `12 s`, `3 min 20 s`, `2 h 5 min`, `3 d 4 h`. Takes milliseconds. */
export function durationText(ms: number): string {
  const s = Math.max(0, ms) / 1000;
  if (s < 9.95) return `${s.toFixed(1)} s`;
  const seconds = Math.round(s);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return pair(seconds, 60, 'min', 1, 's');
  if (seconds < 86_400) return pair(seconds, 3600, 'h', 60, 'min');
  return pair(seconds, 86_400, 'd', 3600, 'h');
}

/** While it ticks: whole seconds, so that nothing flickers. */
export function tickingText(ms: number): string {
  const seconds = Math.floor(Math.max(0, ms) / 1000);
  return seconds < 60 ? `${seconds} s` : durationText(seconds * 1000);
}

function pair(seconds: number, big: number, bigUnit: string, small: number, smallUnit: string): string {
  const whole = Math.floor(seconds / big);
  const rest = Math.floor((seconds % big) / small);
  return rest === 0 ? `${whole} ${bigUnit}` : `${whole} ${bigUnit} ${rest} ${smallUnit}`;
}

/** `just now`, `5 min ago`, `in 2 h`: one unit, as a reader would say it. */
export function relativeText(at: number, now: number): string {
  const seconds = Math.round(Math.abs(now - at) / 1000);
  if (seconds < 10) return 'just now';
  // What was asked a moment ago for 30 days expires in 30 days, not in 29.
  return at > now ? `in ${oneUnit(seconds, Math.round)}` : `${oneUnit(seconds, Math.floor)} ago`;
}

function oneUnit(seconds: number, whole: (count: number) => number): string {
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${whole(seconds / 60)} min`;
  if (seconds < 86_400) return `${whole(seconds / 3600)} h`;
  return `${whole(seconds / 86_400)} d`;
}

/** The middle one, or null where there is none. */
export function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? null;
}
