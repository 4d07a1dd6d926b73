import { z } from 'zod';
import { Duration } from '../duration-schema.ts';
import { Priority } from '../priority.ts';
import { Description, Name, strict } from './fields.ts';
import { EngineField } from './schema-engine.ts';
import { Concurrency, Locks } from './schema-holds.ts';
import { JobEntry } from './schema-job.ts';
import { NotifyRule } from './schema-notify.ts';
import { ParamSpecs } from './schema-param.ts';

export const PipelineSpec = strict({
  kind: z.literal('Pipeline').optional(),
  name: Name.describe('Name'),
  description: Description.optional(),
  parameters: ParamSpecs.optional().describe('What a run of it is given'),
  engine: EngineField.optional(),
  sequence: z.boolean().optional().describe('Whether its Jobs run in written order'),
  timeout: Duration.optional().describe('How long a run may take, as 2h'),
  priority: Priority.optional().describe('Which runs Workers serve first: 1 before 5; 3 when absent'),
  notify: z.array(NotifyRule).max(20).optional().describe('Who is told of its runs'),
  concurrency: Concurrency.optional(),
  locks: Locks.optional(),
  jobs: z.array(JobEntry).min(1).describe('The Jobs that it is made of'),
});
export type PipelineSpec = z.infer<typeof PipelineSpec>;
