import type { ReactNode } from 'react';
import type { Status } from '../../../core/status.ts';
import classes from './status.module.css';

/** One shape a status, so that colour is never the only sign. Drawn on 16 × 16. */
const shapes: Record<Status, ReactNode> = {
  queued: <circle cx="8" cy="8" r="5.5" />,
  running: (
    <>
      <circle cx="8" cy="8" r="5.5" opacity="0.25" />
      <path d="M8 2.5a5.5 5.5 0 0 1 5.5 5.5" className={classes.turning} />
    </>
  ),
  waiting: <path d="M5.5 3.5v9M10.5 3.5v9" strokeWidth="3" />,
  succeeded: <path d="m2.8 8.6 3.4 3.4 7-7.8" />,
  failed: <path d="m3.5 3.5 9 9m0-9-9 9" />,
  errored: <path d="M9.2 1.6 3.4 9h4l-.8 5.4L12.6 7h-4z" fill="currentColor" strokeWidth="1" />,
  blocked: (
    <>
      <circle cx="8" cy="8" r="5.75" />
      <path d="M5.2 8h5.6" />
    </>
  ),
  skipped: <path d="M3.5 8h9" />,
  stopped: <rect x="3.75" y="3.75" width="8.5" height="8.5" rx="1" fill="currentColor" />,
  timed_out: (
    <>
      <circle cx="8" cy="8" r="5.75" />
      <path d="M8 4.8V8l2.2 1.6" strokeWidth="1.75" />
    </>
  ),
};

/** The shape alone; give a `label` wherever no word stands beside it. */
export function StatusShape({ status, label, size = 16 }: { status: Status; label?: string; size?: number }) {
  const named = label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label };
  return (
    <svg className={classes.shape} data-status={status} viewBox="0 0 16 16" width={size} height={size} {...named}>
      {label === undefined ? null : <title>{label}</title>}
      {shapes[status]}
    </svg>
  );
}
