import type { ErrorCode, Problem } from '../errors.ts';
import type { Names } from '../expressions/index.ts';
import type { ParamType } from '../plan.ts';
import type { Catalogue } from './catalogue.ts';
import { type Locate, type Path, problemAt } from './document.ts';
import type { Library } from './library.ts';
import type { EngineField } from './schema-engine.ts';

/** Of one plan, everything that it calls counted: a plan is one document and one run's state. */
export const planLimits = { actions: 10_000, jobs: 2_000, calls: 30 } as const;
const mostProblems = 100;

/** What is carried through the planning of one Pipeline. */
export interface Planning {
  library: Library;
  catalogue: Catalogue;
  problems: Problem[];
  seen: Set<string>;
  count: { actions: number; jobs: number };
  /** Names of what is being planned, outermost first: how a ring of calls is found. */
  calls: string[];
  /** The Pipeline whose runs tell nobody that they wait, but where an approval says whom. */
  quietPipeline: string | undefined;
}

export function newPlanning(library: Library, catalogue: Catalogue): Planning {
  return {
    library,
    catalogue,
    problems: [],
    seen: new Set(),
    count: { actions: 0, jobs: 0 },
    calls: [],
    quietPipeline: undefined,
  };
}

/** A field of a document. */
export interface Place {
  locate: Locate;
  path: Path;
}

export function at(place: Place, ...steps: (string | number)[]): Place {
  return { locate: place.locate, path: [...place.path, ...steps] };
}

export interface More {
  remedy?: string | undefined;
  code?: ErrorCode | undefined;
  /** Points to the field's name. */
  key?: boolean;
}

/** Whether so much is wrong that no more need be found. */
export function isFull(planning: Planning): boolean {
  return planning.problems.length >= mostProblems;
}

/** Once for each place and message, also where a Job of the library is called many times. */
export function report(planning: Planning, place: Place, message: string, more: More = {}): void {
  if (isFull(planning)) return;
  const problem = problemAt(place.locate, { path: place.path, message, ...more });
  const key = `${problem.file}:${problem.line}:${problem.column}:${problem.path}:${message}`;
  if (planning.seen.has(key)) return;
  planning.seen.add(key);
  planning.problems.push(problem);
}

/** True where the plan stays within its limit, and planning it is still of use; says once where it does not. */
export function count(planning: Planning, what: 'actions' | 'jobs', place: Place): boolean {
  if (isFull(planning)) return false;
  planning.count[what]++;
  if (planning.count[what] <= planLimits[what]) return true;
  if (planning.count[what] === planLimits[what] + 1) {
    const name = what === 'actions' ? 'Actions' : 'Jobs';
    report(planning, place, `a plan may have ${planLimits[what]} ${name}, what it calls counted, not more`, {
      remedy: 'Split it into Pipelines that start one another by trigger.',
    });
  }
  return false;
}

/** What a Job has from where it stands. */
export interface Surroundings {
  /** `pipeline.parameters`, or undefined in the library. */
  parameters: ReadonlyMap<string, ParamType> | undefined;
  /** The Engine of those that name none. */
  engine: { field: EngineField; place: Place } | undefined;
  runsOn: Readonly<Record<string, string>>;
  /** Jobs upstream of the group that it is in, whose results it may read. */
  outer(): ReadonlySet<string>;
}

export const nothing: ReadonlySet<string> = new Set();

/** Where nothing may be named but `trigger`. */
export const noNames: Names = {
  parameters: undefined,
  params: undefined,
  each: false,
  actions: nothing,
  allActions: nothing,
  jobs: () => nothing,
  otherJobs: () => nothing,
  value: false,
};

export const alone: Surroundings = { parameters: undefined, engine: undefined, runsOn: {}, outer: () => nothing };
