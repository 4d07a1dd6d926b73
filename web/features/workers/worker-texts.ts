import type { WorkerInfo } from '../../../core/api/objects.ts';

const states = {
  alive: { shape: 'succeeded', word: 'Alive' },
  lost: { shape: 'errored', word: 'Lost' },
  stopped: { shape: 'stopped', word: 'Stopped' },
} as const;

export function stateOf({ state, draining, drained }: WorkerInfo) {
  if (!draining || state !== 'alive') return states[state];
  return { shape: 'waiting', word: drained ? 'Drained' : 'Draining' } as const;
}

/** What a Worker is found by: all that its row says of it. */
export function textsOf(worker: WorkerInfo): string[] {
  const { id, host, os, arch, engines, labels, jobs } = worker;
  return [
    stateOf(worker).word,
    host,
    id,
    `${os}/${arch}`,
    ...engines.flatMap(({ type, found }) => [type, found]),
    ...Object.entries(labels).map(([name, value]) => `${name}=${value}`),
    ...jobs.map(({ pipeline, number, path }) => `${pipeline} #${number} ${path}`),
  ];
}
