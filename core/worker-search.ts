import { z } from 'zod';

/** Why a Job that waits for a Worker has none yet. Told by the API, as it changes without the run. */
export const WorkerSearch = z.object({
  /** `none`: no Worker meets `unmet`. `full`, `draining`: those that could take it do not. `soon`: one has a place. */
  found: z.enum(['none', 'full', 'draining', 'soon']),
  /** Of the Job's requirements, those that no Worker meets; `engine` for its Engine. Empty where no one meets all at once. */
  unmet: z.array(z.string()),
  /** In plain words, without a full stop. */
  text: z.string(),
});
export type WorkerSearch = z.infer<typeof WorkerSearch>;

interface Host {
  host: string;
  os: string;
  arch: string;
  labels: Readonly<Record<string, string>>;
}

export interface Candidate extends Host {
  engines: readonly { type: string }[];
  capacity: number;
  running: number;
  state: 'alive' | 'lost' | 'stopped';
  draining: boolean;
}

/** What Jobs can ask for. No label says another system than the Worker has. */
export function labelsOf({ labels, os, arch }: Omit<Host, 'host'>): ReadonlyMap<string, string> {
  return new Map(Object.entries({ ...labels, os, arch, platform: `${os}/${arch}` }));
}

export function meets(has: ReadonlyMap<string, string>, [name, value]: readonly [string, string]): boolean {
  return has.get(name) === value;
}

/** Looks among all Workers that are known for those that could take such a Job. */
export function searchWorkers(
  { engine, requires }: { engine: string; requires: Readonly<Record<string, string>> },
  workers: readonly Candidate[],
): WorkerSearch {
  const wanted = Object.entries(requires);
  const alive = workers.filter(({ state }) => state === 'alive');
  const serving = alive.filter((worker) => serves(worker, engine));
  const able = serving.filter((worker) => wanted.every((pair) => meets(labelsOf(worker), pair)));
  if (able.length > 0) return ofAble(able);
  const away = workers.find(
    (worker) =>
      worker.state !== 'alive' && serves(worker, engine) && wanted.every((pair) => meets(labelsOf(worker), pair)),
  );
  const more = away === undefined ? '' : `; ${away.host}, which could take it, is ${away.state}`;
  if (alive.length === 0) return { found: 'none', unmet: ['engine'], text: `No Worker is there${more}` };
  if (serving.length === 0) {
    return { found: 'none', unmet: ['engine'], text: `No Worker serves the Engine ${engine}${more}` };
  }
  const unmet = wanted.filter((pair) => !serving.some((worker) => meets(labelsOf(worker), pair)));
  const asked = (unmet.length > 0 ? unmet : wanted).map(([name, value]) => `${name}=${value}`);
  const what = `${asked.length === 1 ? 'the label' : unmet.length > 0 ? 'the labels' : 'all of'} ${listed(asked)}`;
  const others = `${serving.length} ${serving.length === 1 ? 'Worker serves' : 'Workers serve'} ${engine}`;
  return { found: 'none', unmet: unmet.map(([name]) => name), text: `No Worker has ${what}; ${others}${more}` };
}

function ofAble(able: readonly Candidate[]): WorkerSearch {
  const open = able.filter(({ draining }) => !draining);
  const all =
    able.length === 1 ? 'The only Worker that could take it is' : `All ${able.length} Workers that could take it are`;
  if (open.length === 0) return { found: 'draining', unmet: [], text: `${all} draining` };
  if (open.some(({ running, capacity }) => running < capacity)) {
    return { found: 'soon', unmet: [], text: 'A Worker takes it in a moment' };
  }
  return { found: 'full', unmet: [], text: `${all} full${open.length < able.length ? ' or draining' : ''}` };
}

function serves({ engines }: Candidate, engine: string): boolean {
  return engines.some(({ type }) => type === engine);
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
