import { z } from 'zod';
import { Duration } from '../duration-schema.ts';
import { Json } from '../json.ts';
import { When } from '../plan.ts';
import { Args, Description, ExpressionText, Labels, Name, Retry, strict } from './fields.ts';
import { ActionEntry } from './schema-action.ts';
import { EngineField } from './schema-engine.ts';
import { Concurrency, Locks } from './schema-holds.ts';
import { ParamSpecs } from './schema-param.ts';

/** What a Job does and where; the same in a Pipeline and in the library. */
const bodyFields = {
  description: Description.optional(),
  params: ParamSpecs.optional().describe('Its parameters, read as job.self.params.X'),
  engine: EngineField.optional(),
  runs_on: Labels.optional(),
  retry: Retry.optional(),
  timeout: Duration.optional().describe('How long it may take, as 30m'),
  concurrency: Concurrency.optional(),
  locks: Locks.optional(),
  type: z.literal('container').optional().describe('container: runs its command in an image of its own'),
  image: z.string().min(1).optional().describe('Image of type: container'),
  command: z.string().min(1).optional().describe('First command of type: container'),
  actions: z.array(ActionEntry).min(1).optional().describe('What it does, in order'),
  job: Name.optional().describe('The Job of the library that it is'),
  pipeline: Name.optional().describe('The Pipeline that it runs'),
  args: Args.optional(),
  sequence: z.boolean().optional().describe('Whether its Jobs run in written order'),
};

const jobs = z
  .lazy(() => z.array(JobEntry).min(1))
  .optional()
  .describe('The Jobs that it is made of');

/** What only a Job in a Pipeline has. */
const placeFields = {
  requires: z.array(Name).optional().describe('Jobs that must have ended well before it starts'),
  skip_if: ExpressionText.optional().describe('Expression; where it is true the Job is skipped'),
  when: When.optional().describe('After what it runs: success, failure or always; success when absent'),
  for_each: z
    .union([z.array(Json), z.string().min(1)])
    .optional()
    .describe('A list, or ${{ expression }} that gives one: the Job runs once for each element'),
};

const entryFields = {
  name: Name.optional().describe('Name; when absent, that of what it calls'),
  ...bodyFields,
  ...placeFields,
};

/** A Job in a Pipeline. */
export type JobEntry = z.infer<z.ZodObject<typeof entryFields>> & { jobs?: JobEntry[] | undefined };
export const JobEntry: z.ZodType<JobEntry> = strict({ ...entryFields, jobs });

const specFields = { kind: z.literal('Job'), name: Name.describe('Name'), ...bodyFields };

/** A Job in the library. */
export type JobSpec = z.infer<z.ZodObject<typeof specFields>> & { jobs?: JobEntry[] | undefined };
export const JobSpec: z.ZodType<JobSpec> = strict({ ...specFields, jobs });
