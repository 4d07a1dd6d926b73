import { z } from 'zod';
import { Json, JsonObject } from './json.ts';
import { Status } from './status-schema.ts';
import { WorkerSearch } from './worker-search.ts';

/** A run, or a Job of one, that has what another waits for. */
export const WaitHolder = z.object({
  pipeline: z.string(),
  number: z.number().int(),
  /** Path of the Job; null where the whole run has it. */
  job: z.string().nullable(),
  since: z.iso.datetime(),
  /** Present where it was asked to end, as one that is newer takes its place. */
  stopping: z.literal(true).optional(),
});
export type WaitHolder = z.infer<typeof WaitHolder>;

/** What would end it, a sentence without a full stop. Absent in what the run itself tells. */
const ending = { endsWhen: z.string().optional() };

/** Of those that wait for others: absent in what the run itself tells, as it changes without the run. */
const inLine = { position: z.number().int().optional(), holders: z.array(WaitHolder).optional(), ...ending };

/** Why something does not go on, and what would end it. Shown wherever a wait is shown. */
export const Wait = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('approval'),
    approvalId: z.string(),
    roles: z.array(z.string()),
    expiresAt: z.iso.datetime().optional(),
    ...ending,
  }),
  z.object({ kind: z.literal('trigger'), trigger: z.string(), until: z.iso.datetime().optional(), ...ending }),
  z.object({ kind: z.literal('timer'), until: z.iso.datetime(), ...ending }),
  z.object({
    kind: z.literal('retry'),
    until: z.iso.datetime(),
    attempt: z.number().int(),
    /** The Action that is tried again; absent where the whole Job is. */
    action: z.string().optional(),
    ...ending,
  }),
  z.object({
    kind: z.literal('worker'),
    engine: z.string(),
    requires: z.record(z.string(), z.string()),
    /** Absent in what the run itself tells, and where many runs are listed. */
    search: WorkerSearch.optional(),
    /**
     * Among all that ask for the same now: by priority, then by when they asked. Pipelines of one priority take turns, so one
     * of another that asked later may come first. Absent in what the run itself tells.
     */
    position: z.number().int().optional(),
    ...ending,
  }),
  z.object({ kind: z.literal('worker_lost'), worker: z.string(), action: z.string(), ...ending }),
  z.object({ kind: z.literal('window'), position: z.number().int(), ...ending }),
  /** Of a Job: those that it requires and that have not ended, by their names beside it. Not told by the run itself. */
  z.object({ kind: z.literal('jobs'), names: z.array(z.string()), ...ending }),
  /** Of a Job: what it is in has not begun, which is the Job of this path; null: the run. Not told by the run itself. */
  z.object({ kind: z.literal('outer'), job: z.string().nullable(), ...ending }),
  /** Of a Job that nothing holds: the run has yet to come to it. One of very many Jobs does them in parts, in no order. */
  z.object({ kind: z.literal('part'), ...ending }),
  /** Of a run that is written: `given` is whether Temporal has it, and only a control worker is awaited. */
  z.object({ kind: z.literal('temporal'), given: z.boolean(), ...ending }),
  /** Of a schedule: so many starts, which follow one another as `overlap` or a back-fill says. */
  z.object({ kind: z.literal('overlap'), starts: z.number().int(), ...ending }),
  z.object({
    kind: z.literal('paused'),
    /** Who paused the server, when and why. Absent in what the run itself tells. */
    by: z.string().optional(),
    since: z.iso.datetime().optional(),
    note: z.string().optional(),
    ...ending,
  }),
  z.object({ kind: z.literal('lock'), names: z.array(z.string()), ...inLine }),
  z.object({ kind: z.literal('group'), group: z.string(), limit: z.number().int(), ...inLine }),
]);
export type Wait = z.infer<typeof Wait>;

export const ActionState = z.object({
  name: z.string(),
  type: z.string(),
  status: Status,
  exitStatus: z.number().int().nullable(),
  output: Json.nullable(),
  /** One sentence a person can act on. */
  reason: z.string().nullable(),
  attempt: z.number().int(),
  startedAt: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(),
  /** What its Engine tells of where it ran and what it used; absent where that is nothing. */
  info: JsonObject.optional(),
});
export type ActionState = z.infer<typeof ActionState>;

/** Where a result that was taken over came about, and what was other there than in the run that took it over. */
export const RanIn = z.object({
  /** As `pipeline/number`. */
  run: z.string(),
  version: z.number().int(),
  /** Values there of parameters that had another value, or were not there; secret ones as `hiddenValue`. */
  parameters: JsonObject,
});
export type RanIn = z.infer<typeof RanIn>;

/** A try of a Job that was not its last. */
const JobTry = z.object({
  status: Status,
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime(),
  /** When the next one began. */
  nextAt: z.iso.datetime(),
});

export const JobState = z.object({
  /** Names from the root joined by `/`: `deploy/build[0]`. Unique in a run. */
  path: z.string(),
  name: z.string(),
  /** Path of the group, called Pipeline or `for_each` it belongs to; null at the root. */
  parent: z.string().nullable(),
  requires: z.array(z.string()),
  status: Status,
  reason: z.string().nullable(),
  wait: Wait.nullable(),
  attempt: z.number().int(),
  /** True where the result was taken over from the run that this one retries or forks. */
  inherited: z.boolean(),
  /** Of what was taken over; absent in runs of old. */
  ranIn: RanIn.optional(),
  worker: z.string().nullable(),
  output: JsonObject,
  startedAt: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(),
  /** Absent where there was only one; at most the last 20 before the present one. */
  tries: z.array(JobTry).optional(),
  actions: z.array(ActionState),
});
export type JobState = z.infer<typeof JobState>;

/** What the `state` query answers and what the closing activity writes. */
export const RunState = z.object({
  runId: z.string(),
  status: Status,
  reason: z.string().nullable(),
  /** Number of the newest transition; a writer ignores what is older than what it has. */
  seq: z.number().int(),
  startedAt: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(),
  jobs: z.array(JobState),
});
export type RunState = z.infer<typeof RunState>;

/** How a run ended whose workflow could not say so itself. */
export type RunLeft = Pick<RunState, 'status'> & { reason: string };

/** One numbered change, exported by the workflow's sink: the run's own fields and the Jobs that changed. */
export interface Transition extends Omit<RunState, 'jobs'> {
  jobs: JobChange[];
}

/** A Job with those of its Actions that changed. */
export interface JobChange extends Omit<JobState, 'actions'> {
  /** `position`: which of the Job's Actions it is, from 0. */
  actions: (ActionState & { position: number })[];
}
