'use client';
import { Anchor } from '@mantine/core';
import type { Firing } from '../../../core/api/schedules.ts';
import { Link } from '../links/link.tsx';
import lists from '../lists/lists.module.css';
import { Empty } from '../lists/states.tsx';
import { runHref } from '../runs/hrefs.ts';
import { StatusLine } from '../status/status.tsx';
import { clockOf } from './clock-of.ts';
import classes from './schedules.module.css';

/** The last times, and what became of each. */
export function Firings({ firings, started }: { firings: readonly Firing[]; started: number }) {
  if (firings.length === 0) {
    // Temporal counts a start before it is known here.
    return started > 0 ? (
      <Empty title="No start is listed yet">
        <p>One that was just made is listed here in a moment, with the runs that it started.</p>
      </Empty>
    ) : (
      <Empty title="It has started nothing yet">
        <p>Each time that comes is listed here with the runs that it started.</p>
      </Empty>
    );
  }
  const at = clockOf(
    Intl.DateTimeFormat().resolvedOptions().timeZone,
    firings.map(({ scheduledAt }) => scheduledAt),
  );
  return (
    <ul className={lists.list} aria-label="Starts">
      {firings.map((firing) => (
        <li key={firing.id} className={`${lists.row} ${classes.firing}`}>
          <span className={lists.quiet}>
            <time dateTime={firing.scheduledAt}>{at(firing.scheduledAt)}</time>
          </span>
          <div className={classes.runs}>
            {firing.runs.map((run) => (
              <Anchor key={run.id} component={Link} href={runHref(run)} inherit c="inherit" underline="hover">
                <strong>
                  {run.pipeline} #{run.number}
                </strong>
                <StatusLine of={run} />
              </Anchor>
            ))}
            {firing.runs.length > 0 ? null : (
              <span className={lists.quiet}>{firing.reason ?? 'Is about to start.'}</span>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}
