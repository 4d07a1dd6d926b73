'use client';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { DefinitionVersion, VersionSummary } from '../../../core/api/library.ts';
import { apiPath, call, type Page } from '../api/client.ts';

/** Newest first. */
export function useVersions(kind: string, name: string) {
  return useInfiniteQuery({
    queryKey: ['versions', kind, name],
    queryFn: ({ pageParam, signal }) =>
      call<Page<VersionSummary>>('GET', apiPath(['definitions', kind, name, 'versions'], { cursor: pageParam }), {
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });
}

export function useVersion(kind: string, name: string, version: number) {
  return useQuery({
    queryKey: ['versions', kind, name, version],
    queryFn: ({ signal }) =>
      call<DefinitionVersion>('GET', apiPath(['definitions', kind, name, 'versions', String(version)]), { signal }),
  });
}
