import { expect, test } from 'vitest';
import { endedByOthers, ourReason, placementFailure, taskState } from './task-state.ts';

function over(stoppedReason: string, more: { reason?: string; exitCode?: number; stopCode?: 'SpotInterruption' } = {}) {
  const { stopCode, ...container } = more;
  const containers = [{ name: 'main', image: 'tool:1', ...container }];
  const state = taskState({ lastStatus: 'STOPPED', stoppedReason, containers, ...(stopCode && { stopCode }) }, 'main');
  if (state.kind !== 'over') throw new Error(state.kind);
  return state;
}

test.each([
  [
    'CannotPullContainerError: ref tool:1: not found',
    'The image tool:1 could not be pulled: ref tool:1: not found',
    false,
  ],
  ['CannotPullContainerError: toomanyrequests: You have reached your pull rate limit', 'could not be pulled', true],
  ['CannotPullContainerError: dial tcp: i/o timeout', 'could not be pulled', true],
  ['ResourceInitializationError: failed to invoke EFS utils: timed out', 'AWS could not set the task up', true],
  [
    'ResourceInitializationError: AccessDeniedException: not authorized, denied',
    'AWS could not set the task up',
    false,
  ],
  ['Capacity is unavailable at this time.', 'The task has ended: Capacity is unavailable', true],
  ['CannotStartContainerError: exec: "sh": executable file not found in $PATH', 'has no shell', false],
])('a task that ran nothing: %s', (reason, words, passing) => {
  expect(over(reason)).toMatchObject({ why: expect.stringContaining(words), ran: false, passing });
});

test('a task that has run is not started again, whatever it says', () => {
  expect(over('i/o timeout', { exitCode: 1 })).toMatchObject({ ran: true, passing: false, exitStatus: 1 });
});

test('memory, spot capacity', () => {
  const reason = 'OutOfMemoryError: Container killed due to memory usage';
  expect(over('Essential container in task exited', { reason, exitCode: 137 })).toMatchObject({
    outOfMemory: true,
    why: expect.stringContaining('more than its memory'),
  });
  expect(over('Your Spot Task was interrupted.', { stopCode: 'SpotInterruption' }).why).toContain('spot capacity');
});

test('who ended it', () => {
  expect(endedByOthers({ stopCode: 'EssentialContainerExited' })).toBe(false);
  expect(endedByOthers({ stopCode: 'UserInitiated', stoppedReason: ourReason })).toBe(false);
  expect(endedByOthers({ stopCode: 'UserInitiated', stoppedReason: 'by hand' })).toBe(true);
  expect(endedByOthers({})).toBe(false);
});

test('a cluster that has no room may have some later; one that never can is said so at once', () => {
  expect(placementFailure('RESOURCE:MEMORY', undefined)).toMatchObject({
    passing: true,
    why: expect.stringContaining('memory'),
  });
  expect(placementFailure('ATTRIBUTE', 'ecs.os-type')).toMatchObject({ passing: false });
  expect(placementFailure('MISSING', undefined)).toMatchObject({ passing: false });
});
