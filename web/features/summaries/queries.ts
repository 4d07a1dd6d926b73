'use client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api } from '../api/client.ts';

/** `version` is what changes when the run does. */
export function useSummaries(run: string, version: number) {
  return useQuery({
    queryKey: ['summaries', run, version],
    queryFn: ({ signal }) => api.summaries(run, signal),
    placeholderData: keepPreviousData,
  });
}

/** `size` changes when another try has written another. */
export function useSummary(run: string, of: { job: string; action: string; size: number }) {
  return useQuery({
    queryKey: ['summary', run, of],
    queryFn: ({ signal }) => api.summary(run, { job: of.job, action: of.action }, signal),
  });
}
