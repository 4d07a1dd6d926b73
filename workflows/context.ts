import type { JobScope, Scope } from '../core/expressions/index.ts';
import type { JsonObject } from '../core/json.ts';
import type { JobPlan } from '../core/plan.ts';
import type { JobState, RunLeft } from '../core/run-state.ts';
import type { Status } from '../core/status.ts';
import type { Gate } from './gate.ts';
import type { LostDecision } from './messages.ts';
import type { Pace } from './pace.ts';
import type { Pause } from './pause.ts';
import type { Places } from './places.ts';
import type { RunBook } from './run-book.ts';
import type { Window } from './window.ts';

/** What all of one workflow shares. */
export interface RunContext {
  runId: string;
  pipeline: string;
  number: number;
  trigger: JsonObject;
  book: RunBook;
  /** Jobs at once. */
  window: Window;
  gate: Gate;
  pace: Pace;
  pause: Pause;
  /** What an earlier run or an earlier history of this one brought about, by path of the Job. */
  earlier: ReadonlyMap<string, JobState>;
  /** Standard output that Actions before this history printed, by the text of the Action's key. */
  texts: Map<string, string>;
  /** Approvals of which it was said that something was decided. */
  decided: Set<string>;
  /** Waits for Triggers of which it was said that something came. */
  arrived: Set<string>;
  /** What people said of Jobs whose Worker is lost, by path. */
  resolved: Map<string, LostDecision>;
  /** Paths of Jobs, empty for the run, that were told something of what they asked to have to themselves. */
  told: Set<string>;
  places: Places;
  /** Who stopped the run. */
  stop: { by: string | undefined };
  /** What a run came to whose workflow is gone: only its Engines are torn down, each Job's under a key of its own. */
  left: RunLeft | undefined;
  /** Undefined in a part: parts have no parts. */
  parts: PartStarter | undefined;
  /** A Job of Jobs runs them by this: the one place where the interpreter calls itself. */
  runGroup: RunGroup;
}

/** Gives Jobs to a workflow of their own, and resolves when they have ended. */
export type PartStarter = (jobs: readonly JobPlan[], around: Surroundings) => Promise<void>;

/** Runs Jobs side by side, each after those that it requires, and answers what they ended as together. */
type RunGroup = (
  context: RunContext,
  jobs: readonly JobPlan[],
  around: Surroundings,
) => Promise<{ status: Status; jobs: Record<string, JobScope> }>;

/** What a group of Jobs finds around it. */
export interface Surroundings {
  /** Path of the group; empty at the root. */
  path: string;
  /** `pipeline.parameters` in it. */
  parameters: JsonObject;
  /** Jobs upstream of the group, where it may see them. */
  jobs: Scope['jobs'];
  /** Keys of the locks and groups that it has, or something around it. */
  held: readonly string[];
}

export function pathOf(group: string, name: string): string {
  return group === '' ? name : `${group}/${name}`;
}

/** Why the run was stopped. */
export function stopReason(context: RunContext): string {
  return endReason(context, '', 'It was cancelled in Temporal.');
}

/** Why a Job was ended from outside; `otherwise` where nobody has said. */
export function endReason({ stop, places }: RunContext, path: string, otherwise: string): string {
  if (stop.by !== undefined) return `It was stopped by ${stop.by}.`;
  return places.reason('') ?? places.reason(path) ?? otherwise;
}
