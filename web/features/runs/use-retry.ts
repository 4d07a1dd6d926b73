'use client';
import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useRef } from 'react';
import type { RunSummary } from '../../../core/api/objects.ts';
import { apiPath, call } from '../api/client.ts';
import { newKey } from '../api/new-key.ts';
import { runHref } from './hrefs.ts';

/** Runs what failed of a run again, or all from one Job on, then opens the run that does. */
export function useRetry(runKey: string) {
  const router = useRouter();
  /** One key for one try, as what is asked for: a second click, or a try whose answer was lost, is the same run. */
  const key = useRef<{ from: string | undefined; key: string } | undefined>(undefined);
  return useMutation({
    mutationFn: (from: string | undefined) => {
      if (key.current === undefined || key.current.from !== from) key.current = { from, key: newKey() };
      return call<RunSummary>('POST', apiPath(['runs', runKey, 'retry']), {
        body: from === undefined ? {} : { from },
        headers: { 'idempotency-key': key.current.key },
      });
    },
    onSuccess: (next) => router.push(runHref(next)),
  });
}
