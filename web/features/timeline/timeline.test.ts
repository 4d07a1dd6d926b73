import { describe, expect, test } from 'vitest';
import type { ActionState, JobState } from '../../../core/run-state.ts';
import { actionBar, barsOf } from './bars.ts';
import { criticalPath } from './critical-path.ts';
import { ticks, tickText } from './ticks.ts';
import { timelineOf } from './timeline-rows.ts';

const at = (seconds: number) => new Date(seconds * 1000).toISOString();
const s = (seconds: number) => seconds * 1000;

function action(from: number, to: number | null, more: Partial<ActionState> = {}): ActionState {
  return {
    name: 'run',
    type: 'run',
    status: to === null ? 'running' : 'succeeded',
    exitStatus: 0,
    output: null,
    reason: null,
    attempt: 1,
    startedAt: at(from),
    endedAt: to === null ? null : at(to),
    ...more,
  };
}

function job(path: string, from: number | null, to: number | null, more: Partial<JobState> = {}): JobState {
  return {
    path,
    name: path.slice(path.lastIndexOf('/') + 1),
    parent: path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : null,
    requires: [],
    status: to === null ? 'running' : 'succeeded',
    reason: null,
    wait: null,
    attempt: 1,
    inherited: false,
    worker: null,
    output: {},
    startedAt: from === null ? null : at(from),
    endedAt: to === null ? null : at(to),
    actions: from === null ? [] : [action(from, to)],
    ...more,
  };
}

const shape = (one: JobState, ready = 0, now = 100) =>
  barsOf(one, s(ready), s(now)).map(({ kind, from, to }) => `${kind} ${from / 1000}-${to / 1000}`);

describe('the pieces of a Job', () => {
  test('are its wait for a Worker and its Actions', () => {
    const one = job('a', 2, 9, { actions: [action(4, 6), action(6, 8)] });
    expect(shape(one, 1)).toEqual(['waited 1-4', 'ran 4-6', 'ran 6-8', 'ran 8-9']);
  });

  test('count an approval and a timer as waiting', () => {
    const actions = [action(1, 2), action(2, 7, { type: 'approval' }), action(7, 8, { type: 'wait' })];
    expect(shape(job('a', 1, 8, { actions }), 1)).toEqual(['ran 1-2', 'waited 2-7', 'waited 7-8']);
  });

  test('are each try, and the waits between them', () => {
    const tries = [
      { status: 'failed' as const, startedAt: at(1), endedAt: at(3), nextAt: at(5) },
      { status: 'failed' as const, startedAt: at(5), endedAt: at(6), nextAt: at(10) },
    ];
    const one = job('a', 1, 12, { tries, attempt: 3, actions: [action(10, 12)] });
    expect(shape(one, 1)).toEqual(['try 1-3', 'waited 3-5', 'try 5-6', 'waited 6-10', 'ran 10-12']);
  });

  test('go on to now while it runs, and are a wait where it waits', () => {
    expect(shape(job('a', 1, null, { actions: [action(1, null)] }), 1, 5)).toEqual(['ran 1-5']);
    const held = job('a', 1, null, { status: 'waiting', actions: [], wait: { kind: 'timer', until: at(9) } });
    expect(shape({ ...held, actions: [action(1, 2)] }, 1, 5)).toEqual(['ran 1-2', 'waited 2-5']);
  });

  test('are one where it took no time', () => {
    expect(shape(job('a', 2, 2), 2)).toEqual(['ran 2-2']);
  });

  test('are none where it did not start or was taken over', () => {
    expect(shape(job('a', null, null))).toEqual([]);
    expect(shape(job('a', 1, 2, { inherited: true }))).toEqual([]);
    expect(actionBar(action(1, 2, { startedAt: null }), 0)).toBeUndefined();
  });
});

describe('the critical path', () => {
  test('goes from what ended last to what it waited for', () => {
    const jobs = [
      job('a', 0, 5),
      job('b', 0, 3),
      job('c', 5, 6, { requires: ['a', 'b'] }),
      job('d', 3, 4, { requires: ['b'] }),
    ];
    expect(criticalPath(jobs, s(9))).toEqual(['a', 'c']);
  });

  test('goes into groups and out of them', () => {
    const jobs = [
      job('a', 0, 2),
      job('g', 2, 8, { requires: ['a'], actions: [] }),
      job('g/x', 2, 4),
      job('g/y', 4, 8, { requires: ['x'] }),
      job('z', 8, 9, { requires: ['g'] }),
    ];
    expect(criticalPath(jobs, s(9))).toEqual(['a', 'g/x', 'g/y', 'z']);
  });

  test('ends with what goes on now, the longest of it', () => {
    const jobs = [job('a', 0, 2), job('b', 3, null, { requires: ['a'] }), job('c', 2, null, { requires: ['a'] })];
    expect(criticalPath(jobs, s(9))).toEqual(['a', 'c']);
  });

  test('leaves out what was taken over, and is empty where nothing ran', () => {
    const jobs = [job('a', 0, 2, { inherited: true }), job('b', 3, 4, { requires: ['a'] })];
    expect(criticalPath(jobs, s(9))).toEqual(['b']);
    expect(criticalPath([job('a', null, null)], 0)).toEqual([]);
  });
});

test('the whole tells how long was waited and how long was run along the critical path', () => {
  const jobs = [
    job('a', 0, 5, { actions: [action(1, 5)] }),
    job('b', 0, 1),
    job('c', 6, 10, { requires: ['a'], actions: [action(6, 8, { type: 'approval' }), action(8, 10)] }),
  ];
  const model = timelineOf({ queuedAt: at(0), startedAt: at(0), endedAt: at(10), jobs }, s(99));
  expect(model).toMatchObject({ start: 0, end: s(10), ran: s(6), waited: s(4) });
  expect(model.rows.map(({ isCritical }) => isCritical)).toEqual([true, false, true]);
});

test('two thousand Jobs are computed at once', () => {
  const jobs = Array.from({ length: 2000 }, (_, n) =>
    job(`j${n}`, n, n + 1, { requires: n === 0 ? [] : [`j${n - 1}`] }),
  );
  const model = timelineOf({ queuedAt: at(0), startedAt: at(0), endedAt: at(2000), jobs }, s(2000));
  expect(model.rows.filter(({ isCritical }) => isCritical).length).toBe(2000);
  expect(model.ran).toBe(s(2000));
});

test('marks stand at round times', () => {
  expect(ticks(s(10), 5)).toEqual([0, 2, 4, 6, 8, 10].map(s));
  expect(ticks(s(7 * 86_400), 4).map(tickText)).toEqual(['0', '2 d', '4 d', '6 d']);
  expect([500, s(5), s(90), s(3600 * 2 + 60)].map(tickText)).toEqual(['0.5 s', '5 s', '1:30 min', '2:01 h']);
});
