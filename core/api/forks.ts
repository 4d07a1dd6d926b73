import { z } from 'zod';
import { JsonObject } from '../json.ts';
import { Param } from '../plan.ts';
import { Status } from '../status-schema.ts';
import { Problem } from './objects.ts';

/** Of a fork: which plan it runs. */
export const ForkVersion = z.enum(['same', 'newest']);
export type ForkVersion = z.infer<typeof ForkVersion>;

export const ForkJob = z.object({
  path: z.string(),
  /** `taken`: over from the forked run; `gone`: it would be, and cannot. */
  does: z.enum(['taken', 'runs', 'gone']),
  /** One sentence, where it is not plain. */
  why: z.string().nullable(),
  /** Taken over though it is written otherwise in the version that the fork runs. */
  changed: z.boolean(),
});
export type ForkJob = z.infer<typeof ForkJob>;

/** What a fork would do, before it is started. */
export const ForkPlan = z.object({
  /** The forked run, as `pipeline/number`. */
  run: z.string(),
  /** Of the forked run, of the Pipeline now (null where it was removed), and of the fork. */
  ranVersion: z.number().int(),
  newestVersion: z.number().int().nullable(),
  version: z.number().int(),
  /** What the fork takes, and what of it the forked run was given; secret values as `hiddenValue`. */
  params: z.array(Param),
  parameters: JsonObject,
  /** Parameters of the forked run that the fork's version does not take. */
  dropped: z.array(z.string()),
  /** In the order of the plan; those in a group after it. */
  jobs: z.array(ForkJob),
  /** Why it cannot start; `path` is that of a Job. */
  problems: z.array(Problem),
});
export type ForkPlan = z.infer<typeof ForkPlan>;

export const RelatedRun = z.object({
  /** As `pipeline/number`. */
  run: z.string(),
  pipeline: z.string(),
  number: z.number().int(),
  status: Status,
  version: z.number().int(),
  startedBy: z.string(),
  queuedAt: z.iso.datetime(),
  /** How it came out of its parent; null where it has none. */
  by: z.enum(['retry', 'fork']).nullable(),
  forkFrom: z.string().nullable(),
});
export type RelatedRun = z.infer<typeof RelatedRun>;

/** Runs that one came out of, the oldest first and itself the last, and those that came out of it, the newest first. */
export const Relatives = z.object({ ancestors: z.array(RelatedRun), children: z.array(RelatedRun) });
export type Relatives = z.infer<typeof Relatives>;
