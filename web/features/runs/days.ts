/** A day as a date field has it, `2026-03-01`, read as the reader's own; undefined where it is none. */
function midnight(day: string, after: number): Date | undefined {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day) ?? [];
  if (year === undefined) return undefined;
  const at = new Date(Number(year), Number(month) - 1, Number(date) + after);
  return Number.isNaN(at.getTime()) ? undefined : at;
}

/** From the beginning of one day to the end of another, as moments for the API; what is no day is left out. */
export function spanOf(from: string, to: string): { since?: string; until?: string } {
  const [since, until] = [midnight(from, 0), midnight(to, 1)];
  return {
    ...(since === undefined ? {} : { since: since.toISOString() }),
    ...(until === undefined ? {} : { until: until.toISOString() }),
  };
}
