import type { WorkerHello } from '../../core/api/worker.ts';
import { engineQueue } from '../../core/keys.ts';
import { labelsOf, meets } from '../../core/worker-search.ts';

export interface Requirement {
  queue: string;
  engine: string;
  requires: Record<string, string>;
}

/** What a Worker serves: of each of its Engines, and of each set of requirements that it satisfies. */
export function queuesFor(
  { engines, labels, os, arch }: Pick<WorkerHello, 'engines' | 'labels' | 'os' | 'arch'>,
  wanted: readonly Requirement[],
): Requirement[] {
  const types = new Set(engines.map(({ type }) => type));
  const has = labelsOf({ labels, os, arch });
  const satisfied = wanted.filter(
    ({ engine, requires }) => types.has(engine) && Object.entries(requires).every((pair) => meets(has, pair)),
  );
  const plain = [...types].map((engine) => ({ queue: engineQueue(engine, {}), engine, requires: {} }));
  return [...new Map([...plain, ...satisfied].map((each) => [each.queue, each])).values()];
}
