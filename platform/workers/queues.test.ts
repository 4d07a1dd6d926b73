import { expect, test } from 'vitest';
import { engineQueue } from '../../core/keys.ts';
import { queuesFor } from './queues.ts';

const worker = {
  engines: [{ type: 'local', found: 'here' }],
  labels: { gpu: 'yes', os: 'windows', __proto__: 'x' },
  os: 'linux',
  arch: 'x64',
};
const wanted = (engine: string, requires: Record<string, string>) => ({
  queue: engineQueue(engine, requires),
  engine,
  requires,
});

test('a Worker serves its Engines, and the requirements that it satisfies', () => {
  const all = [wanted('local', { gpu: 'yes' }), wanted('local', { gpu: 'no' }), wanted('docker', { gpu: 'yes' })];
  expect(queuesFor(worker, all)).toEqual(['engine/local', 'engine/local?gpu=yes']);
});

test('no label says another system than the Worker has', () => {
  const all = [wanted('local', { os: 'windows' }), wanted('local', { os: 'linux', arch: 'x64' })];
  expect(queuesFor(worker, all)).toEqual(['engine/local', 'engine/local?arch=x64&os=linux']);
});

test('what every object has is no label', () => {
  expect(queuesFor(worker, [wanted('local', { toString: 'x' })])).toEqual(['engine/local']);
});
