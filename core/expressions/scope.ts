import type { Json, JsonObject } from '../json.ts';
import type { Status } from '../status.ts';

/** What an expression may read, as plain data. Whoever evaluates builds it; nothing is copied. */
export interface Scope {
  /** `pipeline.parameters` */
  parameters: JsonObject;
  /** `job.self.params` */
  params: JsonObject;
  /** `job.self.item` and `job.self.index`, under `for_each` only. */
  each?: { item: Json; index: number };
  /** `job.current.action`: the Actions of this Job that have ended. */
  actions: Readonly<Record<string, ActionScope>>;
  /** `job["name"]`: the upstream Jobs that have ended. */
  jobs: Readonly<Record<string, JobScope>>;
  /** `trigger` */
  trigger: JsonObject;
  /** `value`, in `compare` only: its `of`, else the text of the Action before it. */
  value?: Json;
  /** `run`, in the messages of `notify` only. */
  run?: JsonObject;
}

export interface ActionScope {
  status: Status;
  exit_status: number | null;
  output: Json;
  /** There where the plan says `needsText`. */
  stdout?: string;
}

export interface JobScope {
  status: Status;
  /** Of a Job under `for_each`: the list of theirs. */
  output: JsonObject | JsonObject[];
}
