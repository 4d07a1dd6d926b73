import { describe, expect, test } from 'vitest';
import type { JobChange, RunState, Transition } from '../../core/run-state.ts';
import { createPublisher } from './publisher.ts';

const none = { reason: null, startedAt: null, endedAt: null };

function job(path: string, actions: [position: number, status: 'running' | 'succeeded'][]): JobChange {
  const action = { type: 'run', exitStatus: null, output: null, attempt: 1, ...none };
  const shared = { parent: null, requires: [], wait: null, attempt: 1, inherited: false, worker: null, ...none };
  return {
    ...shared,
    path,
    name: path,
    status: 'running',
    output: {},
    actions: actions.map(([position, status]) => ({ ...action, name: `x${position}`, status, position })),
  };
}

function transition(seq: number, jobs: JobChange[]): Transition {
  return { runId: 'r', seq, status: 'running', ...none, jobs };
}

const run = { workflowId: 'run/x/1', writer: 'run' } as const;
const part = (number: number) => ({ workflowId: `run/x/1/part/${number}`, writer: 'part' }) as const;

function recorder() {
  const written: { transition: Transition; whole: boolean }[] = [];
  const closed: RunState[] = [];
  let fail = 0;
  return {
    written,
    closed,
    failNext: (times: number) => void (fail = times),
    states: {
      applyTransition: async (change: Transition, _: string, whole: boolean) => {
        if (fail > 0) {
          fail -= 1;
          throw new Error('the database is away');
        }
        written.push({ transition: change, whole });
      },
      close: async (state: RunState) => void closed.push(state),
    },
  };
}

describe('what runs publish', () => {
  test('in one turn is written as one, with the newest of each Job and Action', async () => {
    const to = recorder();
    const publisher = createPublisher(to.states, () => undefined);
    publisher.publish(transition(1, [job('a', [[0, 'running']]), job('b', [])]), run);
    publisher.publish(transition(2, [job('a', [[1, 'running']])]), run);
    publisher.publish(transition(3, [job('a', [[0, 'succeeded']])]), run);
    await publisher.flush();
    expect(to.written).toHaveLength(1);
    expect(to.written[0]).toMatchObject({ whole: true, transition: { seq: 3 } });
    expect(to.written[0]?.transition.jobs).toEqual([
      job('a', [
        [0, 'succeeded'],
        [1, 'running'],
      ]),
      job('b', []),
    ]);
  });

  test('is not written any more once the end of the run is', async () => {
    const to = recorder();
    const publisher = createPublisher(to.states, () => undefined);
    publisher.publish(transition(1, [job('a', [])]), run);
    publisher.publish(transition(1, [job('b', [])]), part(1));
    publisher.publish(transition(1, [job('c', [])]), part(2));
    await publisher.close({ runId: 'r', seq: 2, status: 'succeeded', ...none, jobs: [] });
    await publisher.flush();
    expect(to.closed).toHaveLength(1);
    expect(to.written).toEqual([]);
  });

  test('of two parts keeps the numbers of each, as each counts by itself', async () => {
    const to = recorder();
    const publisher = createPublisher(to.states, () => undefined);
    publisher.publish(transition(7, [job('a', [])]), part(1));
    publisher.publish(transition(3, [job('b', [])]), part(2));
    await publisher.flush();
    expect(to.written.map(({ transition: { seq, jobs } }) => [seq, jobs.map(({ path }) => path)])).toEqual([
      [7, ['a']],
      [3, ['b']],
    ]);
  });

  test('waits while the database is away, and loses nothing', async () => {
    const to = recorder();
    to.failNext(1);
    const publisher = createPublisher(to.states, () => undefined);
    publisher.publish(transition(1, [job('a', [[0, 'running']])]), run);
    await new Promise((resolve) => setTimeout(resolve, 50));
    publisher.publish(transition(2, [job('b', [])]), run);
    await publisher.flush();
    expect(to.written).toHaveLength(1);
    expect(to.written[0]).toMatchObject({ whole: true, transition: { seq: 2 } });
    expect(to.written[0]?.transition.jobs.map(({ path }) => path)).toEqual(['a', 'b']);
  });
});
