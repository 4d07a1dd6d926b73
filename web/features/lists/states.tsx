'use client';
import { Button, Skeleton } from '@mantine/core';
import type { ReactNode } from 'react';
import { errorText, isAway } from '../api/error.ts';
import { useLiveState } from '../api/live.tsx';
import classes from './lists.module.css';

/** What stands where there is nothing: what this is, and the first step. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className={classes.empty}>
      <p className={classes.emptyTitle}>{title}</p>
      {children}
    </div>
  );
}

export function Failure({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  return (
    <div className={classes.empty} role="alert">
      <p className={classes.emptyTitle}>This could not be read</p>
      <p>{errorText(error)}</p>
      <Button variant="default" size="xs" onClick={onRetry}>
        Try again
      </Button>
    </div>
  );
}

export function Skeletons({ rows = 5, height = 44 }: { rows?: number; height?: number }) {
  return (
    <div role="status" aria-label="Loading">
      {Array.from({ length: rows }, (_, index) => (
        <Skeleton key={String(index)} height={height - 12} my={6} />
      ))}
    </div>
  );
}

export interface Read {
  error: unknown;
  refetch(): unknown;
}

/** What is made of a read, or why nothing could be read. What was read before stays while a refresh fails. */
export function OrFailure({ read, children }: { read: Read & { data: unknown }; children: ReactNode }) {
  if (read.data !== undefined || read.error === null) return children;
  return <Failure error={read.error} onRetry={() => void read.refetch()} />;
}

/** In a line, that something beside what the page is about could not be read; nothing while the page says that the server is away. */
export function QuietFailure({ read, what }: { read: Read & { data: unknown }; what: string }) {
  const isLost = useLiveState() === 'lost';
  if (read.data !== undefined || read.error === null || (isLost && isAway(read.error))) return null;
  return (
    <p className={classes.missing}>
      {what} could not be read. {errorText(read.error)}{' '}
      <Button variant="default" size="compact-xs" onClick={() => void read.refetch()}>
        Try again
      </Button>
    </p>
  );
}

/** Skeleton, cause of failure, empty state, or the list. What was read before stays while a refresh fails. */
export function ListStates({
  read,
  count,
  empty,
  children,
  rows = 5,
}: {
  read: Read;
  count: number | undefined;
  empty: ReactNode;
  children: ReactNode;
  rows?: number;
}) {
  if (count !== undefined) return count === 0 ? empty : children;
  if (read.error !== null) return <Failure error={read.error} onRetry={() => void read.refetch()} />;
  return <Skeletons rows={rows} />;
}
