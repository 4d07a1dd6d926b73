'use client';
import { useQuery } from '@tanstack/react-query';
import type { MadeSecret } from '../../../core/api/credentials.ts';
import type { ApplyResult, Definition } from '../../../core/api/objects.ts';
import { apiPath, call, type Page } from '../api/client.ts';

const most = 200;

/** By name; the first 200. */
export function useTriggers() {
  return useQuery({
    queryKey: ['triggers'],
    queryFn: ({ signal }) =>
      call<Page<Definition>>('GET', apiPath(['definitions'], { kind: 'Trigger', limit: most }), { signal }),
  });
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
