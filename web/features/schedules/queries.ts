'use client';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ApplyResult } from '../../../core/api/objects.ts';
import type { Backfilled, NextTimes, ScheduleDetail, ScheduleSummary } from '../../../core/api/schedules.ts';
import type { Json, JsonObject } from '../../../core/json.ts';
import { apiPath, call, type Page } from '../api/client.ts';

/** What Temporal knows is not told of by itself, so it is asked while somebody looks. */
const everyMs = 5_000;

export function useSchedules(q: string) {
  return useInfiniteQuery({
    queryKey: ['schedules', q],
    queryFn: ({ pageParam, signal }) =>
      call<Page<ScheduleSummary>>('GET', apiPath(['schedules'], { q, cursor: pageParam, limit: 50 }), { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    refetchInterval: everyMs,
  });
}

export function useSchedule(name: string) {
  return useQuery({
    queryKey: ['schedule', name],
    queryFn: ({ signal }) => call<ScheduleDetail>('GET', apiPath(['schedules', name]), { signal }),
    refetchInterval: everyMs,
  });
}

export function useTimeZones() {
  return useQuery({
    queryKey: ['time-zones'],
    queryFn: ({ signal }) => call<{ items: string[] }>('GET', apiPath(['time-zones']), { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** The next times of a schedule as it is being written; what is wrong with it is the error. */
export function usePreview(schedule: JsonObject | undefined) {
  return useQuery({
    queryKey: ['schedule-preview', schedule],
    queryFn: ({ signal }) =>
      call<NextTimes>('POST', apiPath(['schedules', 'preview']), { body: { schedule: schedule ?? {} }, signal }),
    enabled: schedule !== undefined,
    retry: false,
    staleTime: 10_000,
  });
}

/** Does something with a schedule, then reads it again. */
export function useScheduleChange<Body extends JsonObject, Answer = void>(name: string, word: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Body) => call<Answer>('POST', apiPath(['schedules', name, word]), { body: body as Json }),
    onSettled: async () => {
      await queries.invalidateQueries({ queryKey: ['schedule', name] });
      await queries.invalidateQueries({ queryKey: ['schedules'] });
    },
  });
}

export type BackfillBody = { from: string; to: string; overlap: string };

export function useBackfill(name: string) {
  return useScheduleChange<BackfillBody, Backfilled>(name, 'backfill');
}

/** Saves a new Trigger; one of that name that is there already is left as it is. */
export function useSaveTrigger() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ name, trigger }: { name: string; trigger: JsonObject }) => {
      // Only who saves needs what writes YAML.
      const { printDocument } = await import('../../../core/language/print.ts').catch(() => {
        throw new Error('A part of this page could not be loaded. Load the page again.');
      });
      const files = [{ name: 'the schedule', content: printDocument(trigger) }];
      return call<ApplyResult>('POST', apiPath(['apply']), {
        body: { files, expect: [{ kind: 'Trigger', name, version: null }] },
      });
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['schedules'] }),
  });
}
