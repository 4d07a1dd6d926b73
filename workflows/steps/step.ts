import type { Scope } from '../../core/expressions/index.ts';
import type { JsonObject } from '../../core/json.ts';
import type { ActionKey } from '../../core/keys.ts';
import type { ActionPlan } from '../../core/plan.ts';
import type { ActionState, JobState } from '../../core/run-state.ts';
import type { Status } from '../../core/status.ts';
import type { RunContext } from '../context.ts';
import type { JobSession } from '../job-session.ts';

/** One try of one Action: what every kind of step is given. */
export interface Step {
  context: RunContext;
  plan: ActionPlan;
  job: JobState;
  action: ActionState;
  session: JobSession;
  scope: Scope;
  /** By name, the logs of Actions whose standard output was too long to come back. */
  cutTexts: Map<string, ActionKey>;
  hooks: StepHooks | undefined;
}

/** What a Job's Engines with a setup are to a step. */
export interface StepHooks {
  /** Sets the Engine up where that is yet to be done; the reason where it failed. Undefined within a hook. */
  setUp: ((hook: string) => Promise<string | undefined>) | undefined;
  /** What its setup said. */
  environ(hook: string): Record<string, string> | undefined;
  /** What the Engine's settings may read. */
  engineScope: Scope;
}

/** A failed Action is a value; an exception means that the machinery broke. */
export interface StepResult {
  status: Extract<Status, 'succeeded' | 'failed' | 'errored' | 'timed_out' | 'stopped'>;
  exitStatus?: number | null;
  /** What expressions read as `output`. */
  output?: JsonObject | (string | null)[];
  /** Named outputs for the Job. */
  named?: JsonObject;
  reason?: string | null;
  text?: string;
  /** The setup of its Engine failed, so it did not run. */
  unready?: true;
  /** As its Engine tells it. */
  info?: JsonObject;
  /** As the Worker saw them. */
  startedAt?: string;
  endedAt?: string;
}
