import { z } from 'zod';
import { JsonObject } from '../json.ts';
import { Param } from '../plan.ts';
import { Priority } from '../priority.ts';
import { ActionState, JobState, Wait } from '../run-state.ts';
import { Status } from '../status-schema.ts';
import { DefinitionState } from './definitions.ts';

/** What the HTTP API, the command line and the pages exchange. Times are ISO 8601 in UTC. */

export const Problem = z.object({
  file: z.string(),
  line: z.number().int(),
  column: z.number().int(),
  path: z.string(),
  message: z.string(),
  remedy: z.string().optional(),
  definition: DefinitionState.optional(),
});

/** RFC 9457, with our code, remedy and the faults of a file. */
export const ProblemDetails = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  code: z.string(),
  remedy: z.string().optional(),
  problems: z.array(Problem).optional(),
});
export type ProblemDetails = z.infer<typeof ProblemDetails>;

export const RunSummary = z.object({
  id: z.string(),
  number: z.number().int(),
  pipeline: z.string(),
  status: Status,
  url: z.string(),
  reason: z.string().nullable(),
  version: z.number().int(),
  parameters: JsonObject,
  startedBy: z.string(),
  priority: Priority,
  /** Run that this one retries, as `pipeline/number`. */
  retryOf: z.string().nullable(),
  /** Run that this one forks, as `pipeline/number`. */
  forkOf: z.string().nullable(),
  /** Path of the Job that a retry or fork was told to go on from; null: of none. */
  forkFrom: z.string().nullable(),
  queuedAt: z.iso.datetime(),
  startedAt: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(),
  /** What it waits for, first what people must act on; null where it goes on. */
  wait: Wait.nullable(),
});
export type RunSummary = z.infer<typeof RunSummary>;

export const RunDetail = RunSummary.extend({
  seq: z.number().int(),
  jobs: z.array(JobState),
  /** Absent where no Trigger started it: the Trigger's name, and the id of what it was sent. */
  trigger: z.object({ name: z.string(), delivery: z.string() }).optional(),
});
export type RunDetail = z.infer<typeof RunDetail>;

export const PipelineSummary = z.object({
  name: z.string(),
  /** Names that it had before, oldest first; runs from then are under those. */
  formerNames: z.array(z.string()),
  description: z.string().nullable(),
  version: z.number().int(),
  updatedAt: z.iso.datetime(),
  parameters: z.array(Param),
  /** Newest first, at most ten. */
  lastRuns: z.array(RunSummary),
});
export type PipelineSummary = z.infer<typeof PipelineSummary>;

export const definitionKinds = [
  'Pipeline',
  'Job',
  'Action',
  'Engine',
  'Trigger',
  'Credential',
  'Role',
  'Permission',
] as const;
export const DefinitionKind = z.enum(definitionKinds);
export type DefinitionKind = z.infer<typeof DefinitionKind>;

export const Definition = z.object({
  kind: DefinitionKind,
  name: z.string(),
  /** Names that it had before, oldest first. */
  formerNames: z.array(z.string()),
  version: z.number().int(),
  /** The document as it was saved, comments included. */
  source: z.string(),
  spec: JsonObject,
  author: z.string(),
  createdAt: z.iso.datetime(),
});
export type Definition = z.infer<typeof Definition>;

export const ApplyResult = z.object({
  saved: z.array(
    z.object({
      kind: DefinitionKind,
      name: z.string(),
      version: z.number().int(),
      change: z.enum(['created', 'changed', 'unchanged']),
    }),
  ),
});
export type ApplyResult = z.infer<typeof ApplyResult>;

export const LogLine = z.object({
  /** From 1. */
  n: z.number().int(),
  /** Unix time in milliseconds. */
  t: z.number(),
  s: z.enum(['stdout', 'stderr', 'system']),
  text: z.string(),
});
export type LogLine = z.infer<typeof LogLine>;

/** `from` ≤ n < `from` + lines.length; `total` counts the lines there are now. */
export const LogPage = z.object({ lines: z.array(LogLine), total: z.number().int(), closed: z.boolean() });
export type LogPage = z.infer<typeof LogPage>;

export const StoredFile = z.object({
  key: z.string(),
  size: z.number().int(),
  sha256: z.string(),
  storedAt: z.iso.datetime(),
  jobPath: z.string(),
});
export type StoredFile = z.infer<typeof StoredFile>;

export const WorkerInfo = z.object({
  id: z.string(),
  host: z.string(),
  os: z.string(),
  arch: z.string(),
  engines: z.array(z.object({ type: z.string(), found: z.string() })),
  labels: z.record(z.string(), z.string()),
  capacity: z.number().int(),
  /** Places taken. */
  running: z.number().int(),
  state: z.enum(['alive', 'lost', 'stopped']),
  /** It finishes what it has and takes no new Job; `drained` once it has none. */
  draining: z.boolean(),
  drained: z.boolean(),
  /** Jobs that it has, also those that wait; at most 100. */
  jobs: z.array(z.object({ runId: z.string(), pipeline: z.string(), number: z.number().int(), path: z.string() })),
  /** What it could run: its Engines, and each set of requirements in a saved file that it meets. */
  serves: z.array(z.object({ engine: z.string(), requires: z.record(z.string(), z.string()) })),
  seenAt: z.iso.datetime(),
});
export type WorkerInfo = z.infer<typeof WorkerInfo>;

export function page<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), next: z.string().nullable() });
}

/** What a run has stored. `count` and `size`, in bytes, are of all, however many are on the page and like what is searched for. */
export const StoredFiles = page(StoredFile).extend({ count: z.number().int(), size: z.number().int() });
export type StoredFiles = z.infer<typeof StoredFiles>;

export { ActionState, JobState };
