'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { MadeSecret } from '../../../core/api/credentials.ts';
import type { ApplyResult, Definition } from '../../../core/api/objects.ts';
import { apiPath, call, type Page } from '../api/client.ts';

/** By name. */
export function useTriggers(q: string) {
  return useInfiniteQuery({
    queryKey: ['triggers', q],
    queryFn: ({ pageParam, signal }) => findTriggers({ q, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });
}

/** Those whose name has `q` in it. */
export function findTriggers(
  query: { q: string; cursor?: string | null; limit?: number },
  signal: AbortSignal,
): Promise<Page<Definition>> {
  return call('GET', apiPath(['definitions'], { kind: 'Trigger', ...query }), { signal });
}

/** In place of the last one. Shown this once. */
export function makeSecret(credential: string): Promise<MadeSecret> {
  return call('POST', apiPath(['credentials', credential, 'generate']), { body: {} });
}

/** Saves what is new: nothing that has one of these names is overwritten. */
export function saveNew(content: string, names: readonly { kind: string; name: string }[]): Promise<ApplyResult> {
  return call('POST', apiPath(['apply']), {
    body: {
      files: [{ name: 'webhook.yaml', content }],
      note: 'new webhook',
      expect: names.map((each) => ({ ...each, version: null })),
    },
  });
}
