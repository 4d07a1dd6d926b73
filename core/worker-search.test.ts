import { expect, test } from 'vitest';
import { type Candidate, searchWorkers } from './worker-search.ts';

const worker = (more: Partial<Candidate> = {}): Candidate => ({
  host: 'box',
  os: 'linux',
  arch: 'amd64',
  labels: {},
  engines: [{ type: 'local' }, { type: 'docker' }],
  capacity: 2,
  running: 0,
  state: 'alive',
  draining: false,
  ...more,
});
const search = (engine: string, requires: Record<string, string>, ...workers: Candidate[]) =>
  searchWorkers({ engine, requires }, workers);

test.each([
  ['no Worker', search('docker', {}), 'No Worker is there', ['engine']],
  ['no Engine', search('ecs', { gpu: 'true' }, worker()), 'No Worker serves the Engine ecs', ['engine']],
  [
    'no label',
    search('docker', { gpu: 'true' }, worker(), worker({ labels: { gpu: 'false' } })),
    'No Worker has the label gpu=true; 2 Workers serve docker',
    ['gpu'],
  ],
  [
    'no labels',
    search('docker', { gpu: 'true', os: 'linux', size: 'xl' }, worker()),
    'No Worker has the labels gpu=true and size=xl; 1 Worker serves docker',
    ['gpu', 'size'],
  ],
  [
    'labels, but not on one Worker',
    search('docker', { gpu: 'true', arch: 'arm64' }, worker({ labels: { gpu: 'true' } }), worker({ arch: 'arm64' })),
    'No Worker has all of gpu=true and arch=arm64; 2 Workers serve docker',
    [],
  ],
  [
    'only one that is lost',
    search('docker', { gpu: 'true' }, worker(), worker({ host: 'big', labels: { gpu: 'true' }, state: 'lost' })),
    'No Worker has the label gpu=true; 1 Worker serves docker; big, which could take it, is lost',
    ['gpu'],
  ],
])('%s', (_, found, text, unmet) => {
  expect(found).toEqual({ found: 'none', unmet, text });
});

test('those that could take it are full, draining, or one has a place', () => {
  const full = worker({ running: 2 });
  const draining = worker({ draining: true });
  expect(search('local', {}, full, full)).toMatchObject({
    found: 'full',
    text: 'All 2 Workers that could take it are full',
  });
  expect(search('local', {}, full, draining).text).toBe('All 2 Workers that could take it are full or draining');
  expect(search('local', {}, draining)).toMatchObject({
    found: 'draining',
    text: 'The only Worker that could take it is draining',
  });
  expect(search('local', {}, full, worker(), draining).found).toBe('soon');
});
