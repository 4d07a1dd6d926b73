import { z } from 'zod';
import { RunSummary } from '../../../core/api/objects.ts';
import { PalvellaError } from '../../../core/errors.ts';
import { Json, JsonObject } from '../../../core/json.ts';
import { allowed } from '../../../core/permissions.ts';
import type { Router } from '../http/router.ts';
import type { Services } from '../services.ts';
import { idempotencyKey } from './pipelines.ts';
import { Files, JobPath, Name } from './shapes.ts';

const TryBody = z.object({
  files: Files,
  pipeline: Name.optional().describe('What to run, where the files define several'),
  job: JobPath.optional().describe('Path of the only Job that is to run; absent: all run'),
  parameters: JsonObject.default({}),
  trigger: JsonObject.default({}),
  outputs: z
    .record(JobPath, Json)
    .default({})
    .describe('Sample outputs of Jobs before it, by path: an object, or a list of them where it has for_each'),
  statuses: z
    .record(JobPath, z.enum(['succeeded', 'failed', 'skipped']))
    .default({})
    .describe('How Jobs before it shall have ended, by path; succeeded when absent'),
});

export function tryRoutes({ route }: Router, { definitions, runs }: Services): void {
  route({
    method: 'post',
    path: '/try',
    summary: 'Run one Job of files that are not saved, with sample values; the header idempotency-key makes it one run',
    permission: 'definitionWrite',
    body: TryBody,
    answer: RunSummary,
    status: 201,
    handle: async ({ body: { files, pipeline, job, outputs, statuses, ...given }, identity, context }) => {
      if (!allowed(identity, 'executorRun'))
        throw new PalvellaError('forbidden', `${identity.name} may not start runs.`);
      const samples = { outputs: new Map(Object.entries(outputs)), statuses: new Map(Object.entries(statuses)) };
      const draft = await definitions.draft({ files, name: pipeline, job, samples });
      return runs.try({
        draft,
        ...given,
        startedBy: identity.name,
        idempotencyKey: idempotencyKey(context.req.header('idempotency-key')),
      });
    },
  });
}
