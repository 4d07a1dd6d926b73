'use client';
import { useMemo } from 'react';
import { useNow } from '../time/clock.ts';
import { relativeText } from '../time/duration-text.ts';
import { clockOf } from './clock-of.ts';
import classes from './schedules.module.css';

/** The times that come, as clocks show them in the schedule's zone and in the reader's own. */
export function NextTimes({ next, timeZone, label }: { next: readonly string[]; timeZone: string; label: string }) {
  const now = useNow();
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const [there, mine] = useMemo(() => [clockOf(timeZone, next), clockOf(here, next)], [timeZone, here, next]);
  const isElsewhere = next.some((at) => there(at) !== mine(at));
  return (
    <table className={classes.times} aria-label={label} data-two-zones={isElsewhere}>
      <thead>
        <tr>
          <th scope="col">{timeZone}</th>
          {isElsewhere ? <th scope="col">Your time</th> : null}
          <th scope="col" aria-label="From now" />
        </tr>
      </thead>
      <tbody>
        {next.map((at) => (
          <tr key={at}>
            <td>
              <time dateTime={at}>{there(at)}</time>
            </td>
            {isElsewhere ? <td>{mine(at)}</td> : null}
            <td>{now === 0 ? '' : relativeText(Date.parse(at), now)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
