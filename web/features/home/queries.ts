'use client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { FailingPipeline, Stats, StatsNow, StatsOrder, StatsRange } from '../../../core/api/stats.ts';
import { apiPath, call, type Page } from '../api/client.ts';
import { listened, useRefreshOnRuns } from '../api/queries.ts';

const nowEveryMs = 2_000;
const statsEveryMs = 15_000;
/** The server keeps its counts for a while, so what it told last may be from before a change after which none comes. */
const keptMs = 10_000;

export interface StatsFilter {
  range: StatsRange;
  order: StatsOrder;
  pipeline: string;
}

let zone: string | undefined;

function ownZone(): string {
  zone ??= Intl.DateTimeFormat().resolvedOptions().timeZone;
  return zone;
}

export function useStats(filter: StatsFilter) {
  const query = { ...filter, zone: ownZone() };
  const key = ['stats', query];
  useRefreshOnRuns(key, filter.pipeline === '' ? undefined : filter.pipeline, statsEveryMs);
  return useQuery({
    queryKey: key,
    ...listened,
    refetchInterval: keptMs,
    queryFn: ({ signal }) => call<Stats>('GET', apiPath(['stats'], query), { signal }),
    // Another range or order comes in place of this one, not after a gap.
    placeholderData: keepPreviousData,
  });
}

export function useStatsNow() {
  useRefreshOnRuns(['stats', 'now'], undefined, nowEveryMs);
  return useQuery({
    queryKey: ['stats', 'now'],
    ...listened,
    refetchInterval: keptMs,
    queryFn: ({ signal }) => call<StatsNow>('GET', apiPath(['stats', 'now']), { signal }),
  });
}

export function useFailing(limit: number) {
  useRefreshOnRuns(['stats', 'failing'], undefined, nowEveryMs);
  return useQuery({
    queryKey: ['stats', 'failing', limit],
    ...listened,
    queryFn: ({ signal }) => call<Page<FailingPipeline>>('GET', apiPath(['stats', 'failing'], { limit }), { signal }),
  });
}
