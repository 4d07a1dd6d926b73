import { nearestHint } from '../nearest.ts';
import type { ParamType } from '../plan.ts';
import type { Path } from './tree.ts';

/** What an expression may name where it is written. Looked at only when it names such a thing. */
export interface Names {
  /** `pipeline.parameters`; undefined in a Job or Action from the library, which has its own `params`. */
  parameters: ReadonlyMap<string, ParamType> | undefined;
  /** `job.self.params`; undefined where they are not there yet, as in `args`. */
  params: ReadonlyMap<string, ParamType> | undefined;
  /** Whether there are `job.self.item` and `job.self.index`. */
  each: boolean;
  /** Actions of this Job before this one. */
  actions: ReadonlySet<string>;
  /** All Actions of this Job, to say that one comes later. */
  allActions: ReadonlySet<string>;
  /** Jobs upstream of this one. */
  jobs(): ReadonlySet<string>;
  /** All Jobs that are beside this one, to say that they are not upstream. */
  otherJobs(): ReadonlySet<string>;
  /** Whether there is `value`. */
  value: boolean;
  /** Whether there is `run`. */
  run?: boolean;
}

type Step = Path['steps'][number];

const actionFields = ['status', 'exit_status', 'output', 'stdout'];
const jobFields = ['status', 'output'];
/** What started a run: of the delivery, what was read out of it, and what was sent. */
const triggerFields =
  'name source delivery event action ref branch tag sha source_branch repository sender number title url fork chain scheduled_at payload'.split(
    ' ',
  );
/** What a message about a run may say of it. */
const runFields = ['pipeline', 'number', 'event', 'status', 'reason', 'started_by', 'seconds', 'url'];

/** What is wrong with a path, or undefined. */
export function checkPath(path: Path, names: Names): string | undefined {
  const [first, second, third, fourth] = path.steps;
  switch (path.root) {
    case 'pipeline':
      if (first !== 'parameters') return unknown('pipeline', 'field', first, ['parameters']);
      return checkParameter(second, names);
    case 'job':
      if (first === undefined) return 'name the Job in place, as job["name"].output, so that it can be checked';
      if (first === 'self') return checkSelf(second, third, names);
      if (first === 'current') return checkAction(second, third, fourth, names);
      return checkJob(first, second, names);
    case 'trigger':
      return first === undefined ? undefined : checkField('trigger', first, triggerFields);
    case 'value':
      return names.value ? undefined : 'value is there in compare only: what its of gives, else the text before it';
    case 'run':
      if (names.run !== true) return 'run is there in the messages of a Pipeline’s notify only';
      return checkField('run', first, runFields);
    default:
      return unknownRoot(path.root, names);
  }
}

const noParameters =
  'a Job or Action from the library does not know pipeline.parameters; give it a param of its own and pass it by args';

function checkParameter(name: Step | undefined, names: Names): string | undefined {
  if (names.parameters === undefined) return noParameters;
  return name === undefined || has(names.parameters, name)
    ? undefined
    : unknown('pipeline.parameters', 'parameter', name, names.parameters.keys());
}

function checkSelf(what: Step | undefined, name: Step | undefined, names: Names) {
  if (what === 'item' || what === 'index') {
    return names.each ? undefined : `job.self.${what} is there in a Job with for_each only`;
  }
  if (what !== 'params')
    return unknown('job.self', 'field', what, names.each ? ['params', 'item', 'index'] : ['params']);
  if (names.params === undefined)
    return 'job.self.params is not there yet: skip_if, for_each and args are read before it';
  if (name === undefined || has(names.params, name)) return undefined;
  return unknown('job.self.params', 'param', name, names.params.keys());
}

function checkAction(
  what: Step | undefined,
  name: Step | undefined,
  field: Step | undefined,
  names: Names,
): string | undefined {
  if (what !== 'action') return unknown('job.current', 'field', what, ['action']);
  if (name === undefined) return 'name the Action in place, as job.current.action.plan.exit_status';
  if (!has(names.actions, name)) {
    if (!has(names.allActions, name)) return unknown('job.current.action', 'earlier Action', name, names.actions);
    return `the Action ${quote(name)} has not run before this one, so it has no result yet`;
  }
  return field === undefined ? undefined : checkField(`the Action ${String(name)}`, field, actionFields);
}

function checkJob(name: Step, field: Step | undefined, names: Names): string | undefined {
  if (!has(names.jobs(), name)) {
    if (!has(names.otherJobs(), name)) return unknown('job', 'upstream Job', name, names.jobs());
    return `the Job ${quote(name)} is not upstream, so its result may not be there; add it to requires`;
  }
  return field === undefined ? undefined : checkField(`the Job ${String(name)}`, field, jobFields);
}

function checkField(of: string, field: Step | undefined, known: readonly string[]): string | undefined {
  return field !== undefined && has(new Set(known), field) ? undefined : unknown(of, 'field', field, known);
}

function unknownRoot(name: string, names: Names): string {
  const known = ['pipeline', 'job', 'trigger', ...(names.value ? ['value'] : []), ...(names.run ? ['run'] : [])];
  return `there is no ${quote(name)}${nearestHint(name, known)}`;
}

function has(set: { has(name: string): boolean }, name: Step): boolean {
  return typeof name === 'string' && set.has(name);
}

function unknown(of: string, what: string, name: Step | undefined, known: Iterable<string>): string {
  if (name === undefined) return `${of} alone is no value${nearestHint('', known)}`;
  return `${of} has no ${what} ${quote(name)}${nearestHint(String(name), known)}`;
}

function quote(name: Step): string {
  return JSON.stringify(String(name));
}
