import { describe, expect, test } from 'vitest';
import type { Wait } from '../../../core/run-state.ts';
import { isFinal, type Status, statuses } from '../../../core/status.ts';
import { isOpen, type Stated, statusText } from './words.ts';

const t0 = '2026-03-01T10:00:00.000Z';
const at = (seconds: number) => Date.parse(t0) + seconds * 1000;
function sentence(of: Partial<Stated> & { status: Status }, usualMs?: number): string {
  const stated = { reason: null, wait: null, startedAt: null, endedAt: null, ...of };
  const { word, more } = statusText(stated, { now: at(12), usualMs: usualMs ?? null });
  return word + more;
}

describe('a status says', () => {
  test('how long it runs and how long it usually does', () => {
    expect(sentence({ status: 'running', startedAt: t0 }, 40_000)).toBe('Running 12 s, usually 40 s');
    expect(sentence({ status: 'running', startedAt: t0 })).toBe('Running 12 s');
  });
  test('what it waits for', () => {
    const wait: Wait = { kind: 'approval', approvalId: 'a', roles: ['administrator'] };
    expect(sentence({ status: 'waiting', wait })).toBe('Waits for approval by administrator');
    expect(sentence({ status: 'waiting', reason: 'Held' })).toBe('Waiting: Held');
    const lost: Wait = { kind: 'worker_lost', worker: 'w1', action: 'apply' };
    expect(sentence({ status: 'waiting', wait: lost })).toBe('Waiting: Worker w1 was lost while “apply” ran');
  });
  test('how long it took', () => {
    expect(sentence({ status: 'succeeded', startedAt: t0, endedAt: '2026-03-01T10:00:41.000Z' })).toBe(
      'Succeeded in 41 s',
    );
    expect(sentence({ status: 'timed_out', startedAt: t0, endedAt: '2026-03-01T10:30:00.000Z' })).toBe(
      'Timed out after 30 min',
    );
  });
  test('why it ended', () => {
    expect(sentence({ status: 'failed', reason: 'exit status 2 in "plan"' })).toBe('Failed: exit status 2 in "plan"');
    expect(sentence({ status: 'skipped' })).toBe('Skipped');
  });
});

test('the pages and the core agree on what is final', () => {
  for (const status of statuses) expect(isOpen(status)).toBe(!isFinal(status));
});
