const units = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
type Unit = keyof typeof units;

/** Longest that Temporal's timers are asked for: ten years. */
const longestMs = 3650 * units.d;
const shape = /^(\d{1,10})(ms|s|m|h|d)$/;

export const durationHint = 'write a whole number above 0 and its unit, as 500ms, 30s, 5m, 2h or 30d, at most 3650d';

/** Milliseconds, or undefined where the text is no duration, is 0 or is above ten years. */
export function durationMs(text: string): number | undefined {
  const [, count, unit] = shape.exec(text) ?? [];
  if (count === undefined || unit === undefined) return undefined;
  const ms = Number(count) * units[unit as Unit];
  return ms > 0 && ms <= longestMs ? ms : undefined;
}
