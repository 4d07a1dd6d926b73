import { nearestHint } from '../../core/nearest.ts';

/** Names of the time zones, without their aliases. */
export const timeZones: readonly string[] = ['UTC', ...Intl.supportedValuesOf('timeZone')];

const known: ReadonlySet<string> = new Set(timeZones);

/** Why it is no time zone; undefined where it is one. Temporal tells capital letters from small ones. */
export function timeZoneFault(name: string): string | undefined {
  if (known.has(name)) return undefined;
  const isAlias = /^[A-Z][\w+-]*(\/[A-Z][\w+-]*)*$/.test(name) && isReadable(name);
  if (isAlias && !timeZones.some((one) => one.toLowerCase() === name.toLowerCase())) return undefined;
  const near = nearestHint(
    name,
    timeZones.filter((one) => one[0]?.toLowerCase() === name[0]?.toLowerCase()),
  );
  const hint = near.includes('did you mean') ? near : '; write a name as Europe/Berlin or UTC';
  return `there is no time zone ${JSON.stringify(name)}${hint}`;
}

function isReadable(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** Seconds that a clock of the zone is ahead of UTC at a moment, which is in seconds since 1970. */
export type Offset = (at: number) => number;

export function offsetOf(timeZone: string): Offset {
  if (timeZone === 'UTC') return () => 0;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    era: 'short',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (at) => {
    const parts = format.formatToParts(at * 1000);
    const value = (type: string) => Number(parts.find((part) => part.type === type)?.value);
    const wall = Date.UTC(
      value('year'),
      value('month') - 1,
      value('day'),
      value('hour'),
      value('minute'),
      value('second'),
    );
    return wall / 1000 - Math.floor(at);
  };
}
