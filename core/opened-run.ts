import type { JsonObject } from './json.ts';
import type { Plan } from './plan.ts';
import type { JobState } from './run-state.ts';

/** What a run executes, as PostgreSQL has it. */
export interface OpenedRun {
  pipeline: string;
  number: number;
  plan: Plan;
  parameters: JsonObject;
  /** `trigger.*` in expressions. */
  trigger: JsonObject;
  startedBy: string;
  /** Final Jobs that this run takes over from the one it retries or forks. */
  inherited: JobState[];
}
