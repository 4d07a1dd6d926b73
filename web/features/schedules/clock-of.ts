/**
 * Shows times as a clock of that zone does, with seconds only where some of them have any. In a zone that this browser
 * does not know, in UTC.
 */
export function clockOf(timeZone: string, times: readonly string[]): (at: string) => string {
  const shape: Intl.DateTimeFormatOptions = {
    weekday: 'short',
    day: '2-digit',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...(times.some((at) => Date.parse(at) % 60_000 !== 0) ? { second: '2-digit' } : {}),
  };
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat(undefined, { ...shape, timeZone });
  } catch {
    format = new Intl.DateTimeFormat(undefined, { ...shape, timeZone: 'UTC' });
  }
  return (at) => format.format(Date.parse(at));
}
