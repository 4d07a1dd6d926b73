import { isObject } from '../../../core/is-object.ts';
import type { Json, JsonObject } from '../../../core/json.ts';
import type { GraphItem } from '../graph/layout.ts';
import { renameInExpressions } from './references.ts';
import { type Edit, jsonAt, type Path } from './text/edit.ts';

/** A Job of the document, wherever it stands. */
export interface JobPlace {
  path: Path;
  /** Names from the outside in, as `group/test`; made unique where two are called alike. */
  id: string;
  name: string;
  /** `id` of the group that it is in. */
  parent: string | null;
  job: JsonObject;
}

/** The Jobs of a document in their order, those of a group after it. A Job of the library is none of its own. */
export function jobsOf(json: Json, path: Path = [], parent: string | null = null): JobPlace[] {
  const jobs = jsonAt(json, [...path, 'jobs']);
  if (!Array.isArray(jobs)) return [];
  const taken = new Set<string>();
  return jobs.flatMap((job, index) => {
    if (!isObject(job)) return [];
    const own = [...path, 'jobs', index];
    const name = nameOfJob(job);
    const id = unique(parent === null ? name : `${parent}/${name}`, taken);
    taken.add(id);
    return [{ path: own, id, name, parent, job }, ...jobsOf(json, own, id)];
  });
}

function nameOfJob(job: JsonObject): string {
  for (const field of ['name', 'job', 'pipeline']) {
    const value = job[field];
    if (typeof value === 'string' && value !== '') return value;
  }
  return 'unnamed';
}

/** What the graph shows of them. Under `sequence` each also comes after the one before it. */
export function itemsOf(json: Json, jobs: readonly JobPlace[]): GraphItem[] {
  return jobs.map((place) => {
    const siblings = siblingsOf(jobs, place);
    const requires = requiresOf(place.job).flatMap((name) => siblings.find((each) => each.name === name)?.id ?? []);
    const holder = jsonAt(json, place.path.slice(0, -2));
    const before = siblings[siblings.indexOf(place) - 1];
    if (isObject(holder) && holder['sequence'] === true && before !== undefined) requires.push(before.id);
    return { path: place.id, parent: place.parent, requires: [...new Set(requires)] };
  });
}

export function siblingsOf(jobs: readonly JobPlace[], place: JobPlace): JobPlace[] {
  return jobs.filter((each) => each.parent === place.parent);
}

export function parentOf(jobs: readonly JobPlace[], place: JobPlace): JobPlace | undefined {
  return jobs.find(({ id }) => id === place.parent);
}

export function requiresOf(job: JsonObject): string[] {
  const value = job['requires'];
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

/** That `to` requires `from`; or why it cannot. */
export function connect(jobs: readonly JobPlace[], from: string, to: string): { edit: Edit } | { refusal: string } {
  const first = jobs.find((each) => each.id === from);
  const second = jobs.find((each) => each.id === to);
  if (first === undefined || second === undefined) return { refusal: 'This Job is not there any more.' };
  if (first === second) return { refusal: 'A Job cannot require itself.' };
  if (first.parent !== second.parent) {
    return { refusal: `${second.name} can only require Jobs beside it, in the same group.` };
  }
  const required = requiresOf(second.job);
  if (required.includes(first.name)) return { refusal: `${second.name} requires ${first.name} already.` };
  const way = wayBetween(siblingsOf(jobs, first), second, first);
  if (way !== undefined) return { refusal: `That would be a circle: ${[...way, first.name].join(' requires ')}.` };
  return { edit: { op: 'insert', path: [...second.path, 'requires', required.length], value: first.name } };
}

/** That `to` no longer requires `from`. */
export function disconnect(jobs: readonly JobPlace[], from: string, to: string): Edit | undefined {
  const first = jobs.find((each) => each.id === from);
  const second = jobs.find((each) => each.id === to);
  if (first === undefined || second === undefined) return undefined;
  const required = requiresOf(second.job);
  const index = required.indexOf(first.name);
  if (index === -1) return undefined;
  const path = [...second.path, 'requires'];
  return required.length === 1 ? { op: 'remove', path } : { op: 'remove', path: [...path, index] };
}

/** Names from `to` back to `from` where `to` requires `from`, at any remove. */
function wayBetween(siblings: readonly JobPlace[], from: JobPlace, to: JobPlace): string[] | undefined {
  const seen = new Set<string>();
  const follow = (place: JobPlace): string[] | undefined => {
    if (place === from) return [place.name];
    seen.add(place.name);
    for (const name of requiresOf(place.job)) {
      const next = siblings.find((each) => each.name === name);
      const rest = next === undefined || seen.has(name) ? undefined : follow(next);
      if (rest !== undefined) return [place.name, ...rest];
    }
    return undefined;
  };
  return follow(to);
}

/** A name that none of these has: `check`, `check-2`, … */
export function freeName(wanted: string, taken: Iterable<string>): string {
  const names = new Set(taken);
  let name = wanted;
  for (let n = 2; names.has(name); n++) name = `${wanted}-${n}`;
  return name;
}

/** What names a Job elsewhere, by its new name: those that require it, and expressions. */
export function renameReferences(
  json: Json,
  jobs: readonly JobPlace[],
  place: JobPlace,
  names: { from: string; to: string },
): Edit[] {
  const siblings = siblingsOf(jobs, place);
  // Where another still has the old name, nobody can tell which one is meant.
  if (siblings.some((each) => each !== place && each.name === names.from)) return [];
  const holder = place.path.slice(0, -2);
  const required = siblings.flatMap((each): Edit[] => {
    const index = requiresOf(each.job).indexOf(names.from);
    if (index === -1 || !Array.isArray(each.job['requires'])) return [];
    return [{ op: 'set', path: [...each.path, 'requires', index], value: names.to }];
  });
  return [...required, ...renameInExpressions(jsonAt(json, holder), holder, 'job', names)];
}

/** A Job less, and nobody who requires it. */
export function removeJob(jobs: readonly JobPlace[], place: JobPlace): Edit[] {
  const others = siblingsOf(jobs, place).flatMap((each) => disconnect(jobs, place.id, each.id) ?? []);
  return [...others, { op: 'remove', path: place.path }];
}

function unique(id: string, taken: ReadonlySet<string>): string {
  let name = id;
  for (let n = 2; taken.has(name); n++) name = `${id} (${n})`;
  return name;
}
