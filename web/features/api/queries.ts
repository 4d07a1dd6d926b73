'use client';
import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { RunDetail, RunSummary } from '../../../core/api/objects.ts';
import { api, type Page } from './client.ts';
import { useLive } from './live.tsx';
import { newerRun } from './newer-run.ts';

/** Reads of the API, each kept in the query cache and fed by the live socket where it can change. */

export function useSession() {
  return useQuery({ queryKey: ['session'], queryFn: ({ signal }) => api.session(signal), staleTime: 300_000 });
}

/** For what `useLive` keeps fresh: it may have changed while no page listened, so it is shown at once and read again. */
export const listened = { staleTime: 0 };

export function usePipelines(q: string, limit = 50) {
  const read = useInfiniteQuery({
    queryKey: ['pipelines', q, limit],
    ...listened,
    queryFn: ({ pageParam, signal }) => api.pipelines({ q, cursor: pageParam, limit }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });
  useRefreshOnRuns(['pipelines']);
  return read;
}

/** No name: of none yet. */
export function usePipeline(name: string) {
  useRefreshOnRuns(['pipeline', name], name);
  return useQuery({
    queryKey: ['pipeline', name],
    ...listened,
    queryFn: ({ signal }) => api.pipeline(name, signal),
    enabled: name !== '',
  });
}

export function useDefinition(kind: string, name: string, more: { refetchOnMount?: 'always' } = {}) {
  return useQuery({
    queryKey: ['definition', kind, name],
    queryFn: ({ signal }) => api.definition(kind, name, signal),
    ...more,
  });
}

export interface RunsFilter {
  pipeline?: string;
  /** One or more, with commas between. */
  status?: string;
  by?: string;
  /** ISO 8601. */
  since?: string;
  until?: string;
  limit?: number;
}

/** Runs newest first. New and changed ones come in live. */
export function useRuns(filter: RunsFilter) {
  const queries = useQueryClient();
  const key = ['runs', filter];
  const refresh = useRefresh(key);
  useLive(
    filter.pipeline === undefined ? { topic: 'runs' } : { topic: 'runs', pipeline: filter.pipeline },
    (message) => {
      if (message.type !== 'runs') return;
      const shown = queries.getQueryData<{ pages: Page<RunSummary>[] }>(key)?.pages.flatMap((page) => page.items) ?? [];
      if (message.changed.some((run) => differs(run, shown, filter))) refresh();
    },
  );
  return useInfiniteQuery({
    queryKey: key,
    ...listened,
    queryFn: ({ pageParam, signal }) => api.runs({ limit: 30, ...filter, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });
}

function differs(run: RunSummary, shown: readonly RunSummary[], { status, by, until }: RunsFilter): boolean {
  const known = shown.find((each) => each.id === run.id);
  if (known !== undefined)
    return known.status !== run.status || known.reason !== run.reason || known.startedAt !== run.startedAt;
  if (by !== undefined && by !== run.startedBy) return false;
  if (until !== undefined && Date.parse(until) <= Date.parse(run.queuedAt)) return false;
  return status === undefined || status.split(',').includes(run.status);
}

/** Reads `queryKey` again when a run changed, not more often than each `everyMs`. */
export function useRefreshOnRuns(queryKey: readonly unknown[], pipeline?: string, everyMs?: number): void {
  const refresh = useRefresh(queryKey, everyMs);
  useLive(pipeline === undefined ? { topic: 'runs' } : { topic: 'runs', pipeline }, (message, isPresent) => {
    if (message.type === 'runs' && message.changed.length > 0) refresh(isPresent ? settleMs : 0);
  });
}

const refreshMs = 700;
/** What was read while the subscription was on its way is read again so much later, when the page has been drawn. */
const settleMs = 2_000;

/** Reads `queryKey` again, at once or after `afterMs`, but not more often than a reader could follow. */
function useRefresh(queryKey: readonly unknown[], everyMs = refreshMs): (afterMs?: number) => void {
  const queries = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const due = useRef(0);
  const last = useRef(0);
  const latest = useRef(queryKey);
  latest.current = queryKey;
  useEffect(() => () => clearTimeout(timer.current), []);
  async function readAgain() {
    const queryKey = latest.current;
    // What is being read may be from before the change, and is not cut off, as changes may come faster than answers.
    if (queries.isFetching({ queryKey }) > 0) await queries.invalidateQueries({ queryKey }, { cancelRefetch: false });
    await queries.invalidateQueries({ queryKey }, { cancelRefetch: false });
  }
  return (afterMs = 0) => {
    const at = Math.max(Date.now() + afterMs, last.current + everyMs);
    if (timer.current !== undefined && due.current <= at) return;
    clearTimeout(timer.current);
    due.current = at;
    timer.current = setTimeout(() => {
      timer.current = undefined;
      last.current = Date.now();
      void readAgain();
    }, at - Date.now());
  };
}

/** One run, live until it is final. */
export function useRun(run: string) {
  const queries = useQueryClient();
  const key = ['run', run];
  const known = () => queries.getQueryData<RunDetail>(key);
  useLive({ topic: 'run', run }, (message) => {
    if (message.type === 'run') queries.setQueryData<RunDetail>(key, newerRun(known(), message.run));
  });
  return useQuery({
    queryKey: key,
    queryFn: async ({ signal }) => {
      const before = known();
      const read = await api.run(run, signal);
      const now = known();
      // What came live meanwhile may be its end, after which nothing more comes.
      return now === undefined || now === before ? newerRun(now, read) : newerRun(read, now);
    },
  });
}

/** Reads all of approvals anew that a page shows, and what is told of them, when one changed; what it does not show, once it does. */
export function useApprovalNews(): void {
  const refresh = useRefresh(['approvals']);
  useLive({ topic: 'approvals' }, (message, isPresent) => {
    if (message.type === 'approvals') refresh(isPresent ? settleMs : 0);
  });
}

/** `version` is what changes when the run does, `q` a part of the keys. */
export function useFiles(run: string, version: number, { q = '', enabled = true } = {}) {
  return useInfiniteQuery({
    queryKey: ['files', run, version, q],
    queryFn: ({ pageParam, signal }) => api.files(run, { q, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
    enabled,
  });
}

/** One of them, which may be on no page that was read. No key: none. */
export function useFile(run: string, version: number, key: string) {
  return useQuery({
    queryKey: ['file', run, version, key],
    queryFn: async ({ signal }) => (await api.files(run, { key }, signal)).items[0] ?? null,
    placeholderData: (before) => (before?.key === key ? before : undefined),
    enabled: key !== '',
  });
}

export function useWorkers() {
  return useQuery({
    queryKey: ['workers'],
    queryFn: ({ signal }) => api.workers(signal),
    refetchInterval: 5_000,
  });
}
