'use client';
import { useSearchParams } from 'next/navigation';
import { useMemo } from 'react';
import type { JobState } from '../../../core/run-state.ts';
import { defaultSelection, namedSelection, type Selection, selectionSearch } from './selection.ts';

/** Opens it; back returns to what was open before. */
export function select(next: Selection): void {
  window.history.pushState(null, '', selectionSearch(window.location.search, next));
}

/** The Job and Action that are open: those in the address, else the ones that matter most now. */
export function useSelection(jobs: readonly JobState[]) {
  const search = useSearchParams();
  const job = search.get('job');
  const action = search.get('action');
  const selection = useMemo(
    () => (job === null ? null : namedSelection(jobs, job, action)) ?? defaultSelection(jobs),
    [jobs, job, action],
  );
  return {
    selection,
    /** What is open stays open, and a copied address names it. */
    pin: () => {
      if (selection === null || (job === selection.job && action === selection.action)) return;
      window.history.replaceState(null, '', selectionSearch(window.location.search, selection) + window.location.hash);
    },
  };
}
