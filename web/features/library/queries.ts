'use client';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { LibraryItem, UsedDefinition } from '../../../core/api/library.ts';
import { apiPath, call, type Page } from '../api/client.ts';

export function useLibraryItems(kind: string, q: string) {
  return useInfiniteQuery({
    queryKey: ['library-items', kind, q],
    queryFn: ({ pageParam, signal }) =>
      call<Page<LibraryItem>>('GET', apiPath(['library'], { kind, q, cursor: pageParam }), { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });
}

/** What has exactly this name: one Pipeline, Job or Action, and perhaps an Engine. */
export function useNamed(name: string) {
  return useQuery({
    queryKey: ['library-named', name],
    queryFn: async ({ signal }) =>
      (await call<Page<LibraryItem>>('GET', apiPath(['library'], { name }), { signal })).items,
  });
}

export function useUsers(kind: string, name: string) {
  return useInfiniteQuery({
    queryKey: ['library-users', kind, name],
    queryFn: ({ pageParam, signal }) =>
      call<Page<UsedDefinition>>('GET', apiPath(['definitions', kind, name, 'users'], { cursor: pageParam }), {
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });
}
