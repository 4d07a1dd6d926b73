import { describe, expect, test } from 'vitest';
import type { ActionState, JobState } from '../../../core/run-state.ts';
import type { Status } from '../../../core/status.ts';
import { defaultAction, defaultSelection, namedSelection, selectionSearch } from './selection.ts';

function action(name: string, status: Status, type = 'run'): ActionState {
  const startedAt = status === 'queued' || status === 'skipped' ? null : '2026-01-01T00:00:00.000Z';
  return { name, type, status, exitStatus: null, output: null, reason: null, attempt: 1, startedAt, endedAt: null };
}
function job(path: string, status: Status, actions: ActionState[] = [], more: Partial<JobState> = {}): JobState {
  return {
    path,
    name: path,
    parent: null,
    requires: [],
    status,
    reason: null,
    wait: null,
    attempt: 1,
    inherited: false,
    worker: null,
    output: {},
    startedAt: null,
    endedAt: null,
    actions,
    ...more,
  };
}

describe('what is open when the page is', () => {
  test('the failing Action of the failing Job, not the group around it', () => {
    const jobs = [
      job('ok', 'succeeded', [action('a', 'succeeded')]),
      job('group', 'failed'),
      job('group/x', 'failed', [action('init', 'succeeded'), action('plan', 'failed'), action('after', 'skipped')], {
        parent: 'group',
      }),
      job('later', 'running', [action('b', 'running')]),
    ];
    expect(defaultSelection(jobs)).toEqual({ job: 'group/x', action: 'plan' });
  });

  test('what runs, then what waits', () => {
    const waiting = job('w', 'waiting', [action('hold', 'waiting', 'approval')]);
    expect(defaultSelection([waiting, job('r', 'running', [action('a', 'running')])])?.job).toBe('r');
    expect(defaultSelection([waiting])).toEqual({ job: 'w', action: 'hold' });
  });

  test('of a run that went well, what ended last and was not taken over', () => {
    const jobs = [
      job('a', 'succeeded', [action('x', 'succeeded')], { endedAt: '2026-01-01T00:00:05.000Z' }),
      job('b', 'succeeded', [action('x', 'succeeded')], { endedAt: '2026-01-01T00:00:09.000Z', inherited: true }),
      job('c', 'skipped', []),
    ];
    expect(defaultSelection(jobs)).toEqual({ job: 'a', action: 'x' });
  });

  test('an Action that prints rather than the control flow after it', () => {
    expect(defaultAction(job('j', 'succeeded', [action('plan', 'succeeded'), action('set', 'succeeded', 'set')]))).toBe(
      'plan',
    );
  });

  test('nothing, of nothing', () => {
    expect(defaultSelection([])).toBeNull();
    expect(defaultAction(job('j', 'queued'))).toBeNull();
  });
});

test('a link to what is not there falls back', () => {
  const jobs = [job('j', 'failed', [action('a', 'failed')])];
  expect(namedSelection(jobs, 'gone', 'a')).toBeNull();
  expect(namedSelection(jobs, 'j', 'gone')).toEqual({ job: 'j', action: 'a' });
});

test('the address keeps what else it says', () => {
  expect(selectionSearch('?x=1&tab=files', { job: 'a/b[0]', action: 'c d' })).toBe('?x=1&job=a%2Fb%5B0%5D&action=c+d');
});
