import type { RunDetail } from '../../../core/api/objects.ts';
import type { Json, JsonObject } from '../../../core/json.ts';
import type { JobState } from '../../../core/run-state.ts';

export interface ValueRow {
  name: string;
  /** Undefined where there is none. */
  a: Json | undefined;
  b: Json | undefined;
  differs: boolean;
}

export interface JobPair {
  path: string;
  a: JobState | undefined;
  b: JobState | undefined;
  /** In status or outputs; times always do. */
  differs: boolean;
  outputs: ValueRow[];
}

export interface RunComparison {
  parameters: ValueRow[];
  jobs: JobPair[];
}

/** Two runs side by side: parameters by name, Jobs by path in the order of the second, then what only the first has. */
export function compareRuns(a: Side, b: Side): RunComparison {
  const ofA = new Map(a.jobs.map((job) => [job.path, job]));
  const ofB = new Map(b.jobs.map((job) => [job.path, job]));
  const paths = [...new Set([...ofB.keys(), ...ofA.keys()])];
  return {
    parameters: valueRows(a.parameters, b.parameters),
    jobs: paths.map((path) => pairOf(path, ofA.get(path), ofB.get(path))),
  };
}

type Side = Pick<RunDetail, 'parameters' | 'jobs'>;

function pairOf(path: string, a: JobState | undefined, b: JobState | undefined): JobPair {
  const outputs = valueRows(a?.output ?? {}, b?.output ?? {});
  return { path, a, b, outputs, differs: a?.status !== b?.status || outputs.some(({ differs }) => differs) };
}

function valueRows(a: JsonObject, b: JsonObject): ValueRow[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].map((name) => {
    const [ofA, ofB] = [own(a, name), own(b, name)];
    return { name, a: ofA, b: ofB, differs: textOf(ofA) !== textOf(ofB) };
  });
}

function own(values: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}

/** The same for values that are the same, in whatever order their fields stand. */
function textOf(value: Json | undefined): string | undefined {
  return JSON.stringify(value, (_, each: Json) =>
    each !== null && typeof each === 'object' && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([x], [y]) => (x < y ? -1 : 1)))
      : each,
  );
}

/** Milliseconds; undefined where it did not run, or its result was taken over. */
export function tookMs(job: JobState | undefined): number | undefined {
  if (job === undefined || job.inherited || job.startedAt === null || job.endedAt === null) return undefined;
  return Date.parse(job.endedAt) - Date.parse(job.startedAt);
}
