'use client';
import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import type { RunSummary } from '../../../core/api/objects.ts';
import { apiPath, call } from '../api/client.ts';
import { useTryKey } from '../api/use-try-key.ts';
import { runHref } from './hrefs.ts';

/** Runs what failed of a run again, or all from one Job on, then opens the run that does. */
export function useRetry(runKey: string) {
  const router = useRouter();
  const keyOf = useTryKey();
  return useMutation({
    mutationFn: (from: string | undefined) => {
      const body = from === undefined ? {} : { from };
      const headers = { 'idempotency-key': keyOf(body) };
      return call<RunSummary>('POST', apiPath(['runs', runKey, 'retry']), { body, headers });
    },
    onSuccess: (next) => router.push(runHref(next)),
  });
}
