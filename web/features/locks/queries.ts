'use client';
import { useQuery } from '@tanstack/react-query';
import type { HoldInfo } from '../../../core/api/holds.ts';
import { apiPath, call, type Page } from '../api/client.ts';
import { useRefreshOnRuns } from '../api/queries.ts';

const runsMs = 500;
/** A Job that gets or gives back a lock is not always told of as a change of its run. */
const lookMs = 5_000;

export function useLocks() {
  const queryKey = ['locks'];
  useRefreshOnRuns(queryKey, undefined, runsMs);
  return useQuery({
    queryKey,
    queryFn: ({ signal }) => call<Page<HoldInfo>>('GET', apiPath(['locks']), { signal }),
    refetchInterval: lookMs,
  });
}

export function releaseLock(name: string): Promise<void> {
  return call<void>('POST', apiPath(['locks', name, 'release']), { body: {} });
}
