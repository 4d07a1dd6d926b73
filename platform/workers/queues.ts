import type { WorkerHello } from '../../core/api/worker.ts';
import { engineQueue } from '../../core/keys.ts';

export interface Requirement {
  queue: string;
  engine: string;
  requires: Record<string, string>;
}

/** The queues that a Worker serves: of each of its Engines, and of each set of requirements that it satisfies. */
export function queuesFor(
  { engines, labels, os, arch }: Pick<WorkerHello, 'engines' | 'labels' | 'os' | 'arch'>,
  wanted: readonly Requirement[],
): string[] {
  const types = new Set(engines.map(({ type }) => type));
  const has: ReadonlyMap<string, string> = new Map(Object.entries({ ...labels, os, arch }));
  const satisfied = wanted.filter(
    ({ engine, requires }) =>
      types.has(engine) && Object.entries(requires).every(([name, value]) => has.get(name) === value),
  );
  return [...new Set([...[...types].map((type) => engineQueue(type, {})), ...satisfied.map(({ queue }) => queue)])];
}
