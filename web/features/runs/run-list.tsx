'use client';
import type { ReactNode } from 'react';
import type { RunSummary } from '../../../core/api/objects.ts';
import type { useRuns } from '../api/queries.ts';
import lists from '../lists/lists.module.css';
import { More } from '../lists/more.tsx';
import { ListStates } from '../lists/states.tsx';
import { RunRow } from './run-row.tsx';
import classes from './runs.module.css';

/** Runs with every state a list can have. */
export function RunList({
  read,
  empty,
  bare = false,
  label,
  rows = 5,
}: {
  read: ReturnType<typeof useRuns>;
  empty: ReactNode;
  bare?: boolean;
  label: string;
  rows?: number;
}) {
  const runs: RunSummary[] | undefined = read.data?.pages.flatMap((page) => page.items);
  return (
    <ListStates read={read} count={runs?.length} empty={empty} rows={rows}>
      <ul className={`${lists.list} ${classes.runs}`} aria-label={label}>
        {runs?.map((run) => (
          <RunRow key={run.id} run={run} bare={bare} />
        ))}
      </ul>
      <More pages={read} />
    </ListStates>
  );
}
