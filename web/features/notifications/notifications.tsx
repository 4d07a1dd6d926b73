'use client';
import type { NotificationItem } from '../../../core/api/notifications.ts';
import lists from '../lists/lists.module.css';
import { QuietFailure } from '../lists/states.tsx';
import { Time } from '../time/time.tsx';
import classes from './notifications.module.css';
import { useNotifications } from './queries.ts';

const words: Record<NotificationItem['event'], string> = {
  failed: 'that it failed',
  fixed: 'that it is fixed',
  succeeded: 'that it succeeded',
  stopped: 'that it was stopped',
  waiting: 'that it waits',
  reminder: 'that it still waits',
  escalated: 'that it has waited long',
};

/** Who was told of the run, and what could not be sent. Nothing where nobody was to be told. */
export function Notifications({ runKey, version }: { runKey: string; version: number }) {
  const read = useNotifications(runKey, version);
  const items = read.data?.items ?? [];
  if (items.length === 0) return <QuietFailure read={read} what="Notifications" />;
  const bad = items.filter(({ state, error }) => state === 'failed' || (state === 'waiting' && error !== null));
  return (
    <details className={classes.all} open={bad.length > 0}>
      <summary>Notifications: {bad.length > 0 ? `${bad.length} of ${items.length} not sent` : items.length}</summary>
      <ul className={classes.list} aria-label="Notifications">
        {items.map((item) => (
          <li key={item.id}>
            {lineOf(item)} <span className={lists.quiet}>{timeOf(item)}</span>
            {item.error === null ? null : <span className={classes.error}> {item.error}</span>}
          </li>
        ))}
      </ul>
    </details>
  );
}

function lineOf({ state, to, event }: NotificationItem): string {
  switch (state) {
    case 'sent':
      return `Told ${to} ${words[event]}`;
    case 'dropped':
      return `${to} was not told ${words[event]}, as it was decided before`;
    case 'failed':
      return `${to} could not be told ${words[event]}`;
    case 'waiting':
      return `${to} is to be told ${words[event]}`;
  }
}

function timeOf({ state, sentAt, dueAt, createdAt, attempts }: NotificationItem) {
  if (state === 'waiting' && attempts > 0) {
    return (
      <>
        tries again <Time at={dueAt} />
      </>
    );
  }
  return <Time at={sentAt ?? createdAt} />;
}
