import { expect, test } from 'vitest';
import type { RunSummary } from '../../../core/api/objects.ts';
import { triggerSourceNames } from '../../../core/language/schema-trigger.ts';
import { anySource, decisionOf, openPipelines, sourceAsked, sources, whatCame } from './words.ts';

test.each([
  ['push', 'github', 'push from GitHub'],
  ['rest', 'rest', 'From REST'],
  ['ended', 'after', 'From the end of a run'],
  ['x', 'plugin', 'x from plugin'],
])('%s of %s', (event, source, text) => {
  expect(whatCame({ event, source })).toBe(text);
});

test.each([
  ['pending', [], 'Received'],
  ['dropped', [], 'Dropped'],
  ['recorded', [{ pipeline: 'a', run: null, reason: 'No.' }], 'Not started'],
  ['recorded', [], 'Recorded'],
] as const)('%s', (state, runs, word) => {
  expect(decisionOf({ state, runs: [...runs] }).word).toBe(word);
});

test('runs that it started are followed by Pipeline, as long as they are open', () => {
  const run = (pipeline: string, status: string) => ({
    pipeline,
    run: { pipeline, status } as RunSummary,
    reason: null,
  });
  const runs = [
    run('a', 'queued'),
    run('a', 'running'),
    run('b', 'succeeded'),
    { pipeline: 'c', run: null, reason: '' },
  ];
  expect(openPipelines({ runs })).toEqual(['a']);
});

test('ticks of schedules are left out unless one asks for them, or for one Trigger', () => {
  expect([...sources].sort()).toEqual([...triggerSourceNames].sort());
  expect(sourceAsked('', '')?.split(',')).toEqual(sources.filter((source) => source !== 'schedule'));
  expect(sourceAsked('', 'nightly')).toBeUndefined();
  expect(sourceAsked('schedule', '')).toBe('schedule');
  expect(sourceAsked(anySource, '')).toBeUndefined();
});
