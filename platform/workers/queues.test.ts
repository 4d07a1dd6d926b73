import { expect, test } from 'vitest';
import { engineQueue } from '../../core/keys.ts';
import { queuesFor } from './queues.ts';

const worker = {
  engines: [{ type: 'local', found: 'here' }],
  labels: { gpu: 'yes', os: 'windows', __proto__: 'x' },
  os: 'linux',
  arch: 'amd64',
};
const served = (all: Parameters<typeof queuesFor>[1]) => queuesFor(worker, all).map(({ queue }) => queue);
const wanted = (engine: string, requires: Record<string, string>) => ({
  queue: engineQueue(engine, requires),
  engine,
  requires,
});

test('a Worker serves its Engines, and the requirements that it satisfies', () => {
  const all = [wanted('local', { gpu: 'yes' }), wanted('local', { gpu: 'no' }), wanted('docker', { gpu: 'yes' })];
  expect(served(all)).toEqual(['engine/local', 'engine/local?gpu=yes']);
});

test('no label says another system than the Worker has', () => {
  const all = [wanted('local', { os: 'windows' }), wanted('local', { os: 'linux', arch: 'amd64' })];
  expect(served(all)).toEqual(['engine/local', 'engine/local?arch=amd64&os=linux']);
});

test('what every object has is no label', () => {
  expect(served([wanted('local', { toString: 'x' })])).toEqual(['engine/local']);
});

test('a platform is what os and arch say together', () => {
  const all = [wanted('local', { platform: 'linux/amd64' }), wanted('local', { platform: 'linux/arm64' })];
  expect(served(all)).toEqual(['engine/local', 'engine/local?platform=linux%2Famd64']);
});
