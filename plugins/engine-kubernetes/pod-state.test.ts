import type { V1ContainerState, V1PodStatus } from '@kubernetes/client-node';
import { describe, expect, test } from 'vitest';
import { podState } from './pod-state.ts';

const image = 'tool:1';

function stateOf(status: V1PodStatus) {
  return podState({ metadata: {}, status }, 'main');
}

function stateIn(state: V1ContainerState, more: object = {}) {
  const one = { name: 'main', image, imageID: '', ready: false, restartCount: 0, state };
  return stateOf({ containerStatuses: [one], ...more });
}

describe('a pod that may still come up', () => {
  test('has nothing to tell at first', () => {
    expect(stateOf({})).toEqual({ kind: 'waiting', why: undefined, doubtful: false });
    expect(stateIn({ waiting: { reason: 'ContainerCreating' } })).toMatchObject({ kind: 'waiting', why: undefined });
  });

  test('says why no node takes it', () => {
    const conditions = [
      { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: '0/3 nodes: no gpu' },
    ];
    expect(stateOf({ conditions })).toMatchObject({ why: 'No node can take the pod yet: 0/3 nodes: no gpu' });
  });

  test('is doubtful while its image fails for a reason that may pass', () => {
    const waiting = { reason: 'ErrImagePull', message: 'dial tcp: i/o timeout' };
    expect(stateIn({ waiting })).toMatchObject({ kind: 'waiting', doubtful: true });
  });
});

describe('a pod that is over says why', () => {
  test.each([
    ['ErrImagePull', 'tool:1: not found', 'the image could not be pulled: tool:1. tool:1: not found'],
    ['ImagePullBackOff', 'pull access denied', 'the image could not be pulled: tool:1. pull access denied'],
    ['InvalidImageName', 'x', 'the image’s name is wrong'],
    ['ErrImageNeverPull', 'x', 'the image is not on the node, and pull: never'],
    ['CreateContainerConfigError', 'secret "a" not found', 'The container cannot be started: secret "a" not found'],
    ['RunContainerError', 'exec: "sh": executable file not found in $PATH', 'has no shell'],
  ])('waiting for %s: %s', (reason, message, words) => {
    const state = stateIn({ waiting: { reason, message } });
    expect(state).toMatchObject({ kind: 'over', why: expect.stringContaining(words) });
  });

  test.each([
    [{ reason: 'OOMKilled', exitCode: 137 }, 'used more than its memory'],
    [{ reason: 'StartError', exitCode: 128, message: 'exec: "sh": not found' }, 'has no shell'],
    [{ reason: 'Error', exitCode: 2 }, 'ended with status 2 (Error)'],
  ])('terminated: %j', (terminated, words) => {
    expect(stateIn({ terminated })).toMatchObject({ kind: 'over', why: expect.stringContaining(words) });
  });

  test.each([
    [{ reason: 'Evicted', message: 'disk pressure' }, 'evicted from its node: disk pressure'],
    [{ reason: 'NodeLost' }, 'node of the pod is lost'],
    [{ reason: 'DeadlineExceeded' }, 'longer than its deadline'],
    [{ conditions: [{ type: 'DisruptionTarget', status: 'True', message: 'preempted' }] }, 'had to go: preempted'],
    [{ phase: 'Failed', message: 'x' }, 'The pod ended: x'],
  ])('%j', (status, words) => {
    expect(stateIn({ running: {} }, status)).toMatchObject({ kind: 'over', why: expect.stringContaining(words) });
  });

  test('deleted while it runs', () => {
    const one = { name: 'main', image, imageID: '', ready: true, restartCount: 0, state: { running: {} } };
    const pod = { metadata: { deletionTimestamp: new Date() }, status: { containerStatuses: [one] } };
    expect(podState(pod, 'main')).toMatchObject({ kind: 'over', why: expect.stringContaining('deleted') });
    expect(podState({ status: pod.status }, 'main')).toEqual({ kind: 'running' });
  });
});
