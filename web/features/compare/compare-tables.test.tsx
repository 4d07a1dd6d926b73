import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import type { RunDetail } from '../../../core/api/objects.ts';
import type { JobState } from '../../../core/run-state.ts';
import { JobPairs } from './compare-tables.tsx';

test('a Job that only one of two Pipelines has says which of their runs is without it', () => {
  const [a, b] = ['slow', 'hello'].map((pipeline) => ({ pipeline, number: 1 }) as RunDetail) as [RunDetail, RunDetail];
  const job = { path: 'x', status: 'succeeded', output: {}, inherited: false, startedAt: null, endedAt: null };
  const pair = { path: 'x', a: job as unknown as JobState, b: undefined, differs: true, outputs: [] };
  expect(renderToStaticMarkup(<JobPairs a={a} b={b} pairs={[pair]} empty="" />)).toContain('not in hello #1');
});
