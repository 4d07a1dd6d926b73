'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { PauseState } from '../../../core/api/pause.ts';
import { apiPath, call } from '../api/client.ts';

const queryKey = ['pause'];
/** How long others may go on without knowing of it. */
const lookMs = 10_000;

export function usePause() {
  return useQuery({
    queryKey,
    queryFn: ({ signal }) => call<PauseState>('GET', apiPath(['pause']), { signal }),
    refetchInterval: lookMs,
  });
}

/** Pauses the server with a note, or has it go on where there is none. */
export function useChangePause() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (note: string | null) =>
      note === null
        ? call<unknown>('DELETE', apiPath(['pause']))
        : call<unknown>('PUT', apiPath(['pause']), { body: { note } }),
    onSettled: () =>
      Promise.all([queryKey, ['runs'], ['run']].map((key) => queries.invalidateQueries({ queryKey: key }))),
  });
}
