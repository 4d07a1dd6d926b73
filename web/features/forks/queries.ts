'use client';
import { useQuery } from '@tanstack/react-query';
import type { ForkVersion } from '../../../core/api/forks.ts';
import { api } from '../api/client.ts';
import { listened, useRefreshOnRuns } from '../api/queries.ts';

/** What a fork would do. Its run has ended and versions never change, but a newer one may come. */
export function useForkPlan(run: string, fork: { from?: string; version: ForkVersion }) {
  return useQuery({
    queryKey: ['fork', run, fork],
    queryFn: ({ signal }) => api.forkPlan(run, fork, signal),
    retry: false,
  });
}

export function useRelatives(run: string, pipeline: string) {
  const queryKey = ['relatives', run];
  useRefreshOnRuns(queryKey, pipeline);
  return useQuery({ queryKey, ...listened, queryFn: ({ signal }) => api.relatives(run, signal) });
}
