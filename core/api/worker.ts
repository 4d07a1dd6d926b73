import { z } from 'zod';
import { Json, JsonObject } from '../json.ts';
import { Status } from '../status-schema.ts';

/**
 * What a Worker says to the API, under `/api/v1/worker/`, with its worker token; all but `hello` and `heartbeat`
 * also with the Job's own token in the header `palvella-job-token`, which a claim gives and which is good for
 * that one Job run only.
 *
 *   POST hello                              WorkerHello → WorkerWelcome
 *   POST heartbeat                          WorkerHeartbeat → WorkerOrders
 *   POST claims                             ClaimRequest → ClaimAnswer (409 `conflict` with `workerId` when another has it,
 *                                             with `draining` when this Worker is to take no new Job)
 *   POST reports                            ActionReport[] → 204; older attempts and transitions are ignored
 *   GET  logs/:key/position                 → LogPosition
 *   PUT  logs/:key/chunks/:seq?end=N        body: whole frames → 204; a seq that is already there is ignored
 *   POST logs/:key/close                    LogClose → 204; safe to repeat
 *   POST leases                             LeaseRequest → LeaseAnswer
 *   PUT  summaries                          PutSummary → 204; in place of what an earlier try wrote
 *   PUT|GET files/:key                      raw body, within the Job's run
 *   POST runs                               StartRunRequest → RunSummary
 *
 * `:key` of a log is `actionKeyText` and of a file its store key, both percent-encoded.
 */
export const jobTokenHeader = 'palvella-job-token';
/** How long a Job's token is good, and the remedy of what refuses one that is not. */
export const jobTokenMs = 3_600_000;
export const claimAgain = 'Claim the Job again.';

export const WorkerHello = z.object({
  id: z.string(),
  host: z.string(),
  os: z.string(),
  arch: z.string(),
  engines: z.array(z.object({ type: z.string(), found: z.string() })),
  labels: z.record(z.string(), z.string()),
  capacity: z.number().int().positive(),
});
export type WorkerHello = z.infer<typeof WorkerHello>;
/** `os` and `arch` in Docker's words, as `linux` and `amd64`. `queues`: those that its engines and labels satisfy, named by plans so far. */
export const WorkerWelcome = z.object({ queues: z.array(z.string()), heartbeatMs: z.number() });
export type WorkerWelcome = z.infer<typeof WorkerWelcome>;

const JobKeyShape = z.object({ runId: z.string(), jobPath: z.string(), jobAttempt: z.number().int() });
/** `held`: Jobs of which the Worker still has a workspace; `strangers`: Jobs of other Workers where it could remove what is left of them. At most 1,000 each. */
export const WorkerHeartbeat = z.object({
  id: z.string(),
  running: z.number().int(),
  stopping: z.boolean(),
  held: z.array(JobKeyShape).max(1000).default([]),
  strangers: z.array(JobKeyShape).max(1000).default([]),
});
export type WorkerHeartbeat = z.infer<typeof WorkerHeartbeat>;
/** `draining`: it is to take no new Job. `teardown`: those of `held` that are not this Worker's any more: their run or Job try has ended, or another has it; and those of `strangers` that have ended and whose own Worker is lost. */
export const WorkerOrders = z.object({
  queues: z.array(z.string()),
  teardown: z.array(JobKeyShape).default([]),
  draining: z.boolean().default(false),
});
export type WorkerOrders = z.infer<typeof WorkerOrders>;

export const ClaimRequest = JobKeyShape.extend({ workerId: z.string() });
export type ClaimRequest = z.infer<typeof ClaimRequest>;
export const ClaimAnswer = z.object({ jobToken: z.string(), expiresAt: z.iso.datetime() });
export type ClaimAnswer = z.infer<typeof ClaimAnswer>;

export const ActionReport = z.object({
  key: JobKeyShape.extend({ action: z.string(), attempt: z.number().int() }),
  type: z.string(),
  status: Status,
  exitStatus: z.number().int().nullable(),
  output: Json.nullable(),
  reason: z.string().nullable(),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
});
export type ActionReport = z.infer<typeof ActionReport>;

/** The next chunk is `seq`, and starts at byte `offset` of the Action's raw output. */
export const LogPosition = z.object({ seq: z.number().int(), offset: z.number().int(), closed: z.boolean() });
export type LogPosition = z.infer<typeof LogPosition>;
/** `seq`: how many chunks there are, so that a close that overtakes one is refused. */
export const LogClose = z.object({ seq: z.number().int() });
export type LogClose = z.infer<typeof LogClose>;

export const LeaseRequest = z.object({
  names: z.array(z.object({ name: z.string(), property: z.string().optional() })),
});
export type LeaseRequest = z.infer<typeof LeaseRequest>;
/** In the order asked for. */
export const LeaseAnswer = z.object({ values: z.array(z.string()) });
export type LeaseAnswer = z.infer<typeof LeaseAnswer>;

/** Markdown, masked. */
export const PutSummary = z.object({ action: z.string(), text: z.string().max(1_000_000) });
export type PutSummary = z.infer<typeof PutSummary>;

export const StartRunRequest = z.object({
  pipeline: z.string(),
  args: JsonObject,
  action: z.string(),
  attempt: z.number().int(),
});
export type StartRunRequest = z.infer<typeof StartRunRequest>;
