import type { Decision } from '../core/decide-holds.ts';
import type { Hold, HoldAnswer } from '../core/holds.ts';
import type { Json, JsonObject } from '../core/json.ts';
import type { ActionKey, JobKey } from '../core/keys.ts';
import type { OpenedRun } from '../core/opened-run.ts';
import type { JobState, RunState } from '../core/run-state.ts';
import type { ScheduledStart } from '../core/schedule/start.ts';
import type { Status } from '../core/status.ts';
import type { TriggerOutcome, TriggerWaitRequest } from '../core/trigger-wait.ts';
import type { Asked } from '../core/wants-of.ts';

/** What workflows call. Implementations: `control/` (needs the database) and `engine/` (on a Worker). */

export interface ApprovalRequest {
  runId: string;
  jobPath: string;
  jobAttempt: number;
  action: string;
  attempt: number;
  prompt: string;
  roles: string[];
  quorum: number;
  /** ISO 8601; absent: never. */
  expiresAt?: string;
  /** The whole input of the Action, as it was computed. */
  terms: JsonObject;
}

export type ApprovalOutcome =
  | { state: 'pending' }
  | {
      state: 'approved' | 'rejected';
      by: string[];
      comment: string | null;
      at: string;
      /** What was decided on: digest of all that was shown, and SHA-256 of each file by its key. */
      digest: string;
      files: Record<string, string>;
      /** What was filled in. */
      fields: JsonObject;
    }
  /** It could not be asked. */
  | { state: 'refused'; reason: string }
  | { state: 'expired' };

/** Who runs a Job, whether that Worker is heard of, and whether it has said that the Action began. */
export type Claim = { workerId: string; alive: boolean; started: boolean } | null;

/** What a run, or a Job of it, asks to have to itself. */
export interface HoldRequest extends Asked {
  runId: string;
  /** Empty where it is the whole run. */
  jobPath: string;
  /** The workflow that is told. */
  workflowId: string;
}

/** A part of a run that has a workflow and a history of its own: some Jobs of one group. */
export interface RunPart {
  /** Path of the group; empty at the root. */
  group: string;
  jobs: string[];
}

/** Run by the control worker, most as local activities. All idempotent. */
export interface ControlActivities {
  /** Reads the plan from PostgreSQL by the run's id, of a part only what it holds. */
  openRun(runId: string, part?: RunPart): Promise<OpenedRun>;
  /** What is known of a run whose workflow is gone. A claim tells more than a state that was lost on its way. */
  readState(runId: string): Promise<{ seq: number; startedAt: string; jobs: JobState[] }>;
  /** Writes the whole final state. */
  closeRun(state: RunState): Promise<void>;
  /** Asks once, however often it is called, and answers what was decided so far. */
  askApproval(request: ApprovalRequest): Promise<{ approvalId: string; outcome: ApprovalOutcome }>;
  /** Reads what was decided; a signal is only the hint to look. */
  readApproval(approvalId: string): Promise<ApprovalOutcome>;
  /** Closes it if still pending, and answers what it is then. */
  closeApproval(approvalId: string, as: 'expired' | 'withdrawn'): Promise<ApprovalOutcome>;
  /** Begins to wait for what a Trigger is sent, once, however often it is called. */
  awaitTrigger(request: TriggerWaitRequest): Promise<{ waitId: string; outcome: TriggerOutcome }>;
  /** Reads what was sent; a signal is only the hint to look. */
  readTriggerWait(waitId: string): Promise<TriggerOutcome>;
  /** Ends it where nothing came, and answers what it is then. */
  endTriggerWait(waitId: string): Promise<TriggerOutcome>;
  findClaim(action: ActionKey): Promise<Claim>;
  /** Whether the server is; where it is, the run is told when that is over. */
  isPaused(runId: string): Promise<boolean>;
  /** Asks once, however often it is called, and answers what came of it so far. */
  askHold(request: HoldRequest): Promise<HoldAnswer>;
  /** Gives back what it has, or stops asking for it. */
  releaseHold(hold: Pick<HoldRequest, 'runId' | 'jobPath'>): Promise<void>;
  /** Those that have or want something, of these and of those with a higher id. Asked by the keeper alone. */
  readHolds(ids: number[], after: number): Promise<Hold[]>;
  /** Writes what the keeper decided, then tells those that asked, and those that are to end. */
  settleHolds(decision: Decision): Promise<void>;
  /** Matches a pattern against a text too long for history. */
  matchLog(log: ActionKey, pattern: string): Promise<{ groups: (string | null)[] } | null>;
}

/** Run by the control worker for the workflows that Schedules start. All idempotent. */
export interface ScheduleActivities {
  /** Puts a time of a schedule into the trigger inbox, once. */
  receiveScheduled(start: ScheduledStart): Promise<void>;
  /** Whether all that it started has ended; `stop` stops what has not. */
  lookAtScheduled(start: ScheduledStart, stop: boolean): Promise<boolean>;
}

/** `at` is the path in `input` or in the engine's settings where the leased value goes. */
export interface CredentialUse {
  at: (string | number)[];
  name: string;
  property?: string;
}

export interface ActionTask {
  key: ActionKey;
  pipeline: string;
  number: number;
  type: string;
  input: JsonObject;
  inputCredentials: CredentialUse[];
  engine: { type: string; name: string; settings: JsonObject; settingsCredentials: CredentialUse[] };
  /** What the setup of its Engine gave: over what the Engine's settings set, below what the Action sets. */
  environ?: Record<string, string>;
  timeoutMs?: number;
  /** Whether a try that may have happened may be made again. */
  idempotent: boolean;
  /** Return the standard output, up to 32 KiB, as `text`. */
  needsText: boolean;
  /** No later step of the Job needs its Worker: tear the Job down with this Action. */
  lastOfJob: boolean;
}

export interface ActionResult {
  status: Extract<Status, 'succeeded' | 'failed' | 'errored' | 'timed_out' | 'stopped'>;
  exitStatus: number | null;
  output: JsonObject;
  /** Masked standard output where asked for. */
  text?: string;
  /** True where it was longer: use `matchLog`. */
  textCut?: boolean;
  reason: string | null;
  workerId: string;
  startedAt: string;
  endedAt: string;
  info: Json;
}

/**
 * Run by an engine Worker. `runAction` is first sent to the requirement queue with one attempt: the Worker that
 * takes it claims the Job, a unique row. All later calls, retries included, go to that Worker's own queue.
 * Where another Worker holds the claim it fails with code `conflict` and that Worker's id as detail.
 */
export interface EngineActivities {
  runAction(task: ActionTask): Promise<ActionResult>;
  teardownJob(job: JobKey & { engineType: string }): Promise<void>;
}
