import { z } from 'zod';
import { page, RunDetail, RunSummary } from '../../../core/api/objects.ts';
import { Status } from '../../../core/status-schema.ts';
import type { Router } from '../http/router.ts';
import type { Services } from '../services.ts';
import { idempotencyKey } from './pipelines.ts';
import { JobPath, Name, PageQuery, RunParams } from './shapes.ts';

const Statuses = z
  .string()
  .transform((text) => text.split(','))
  .pipe(z.array(Status));
/** Asked for at or after `since`, and before `until`. */
const Moment = z.iso.datetime({ offset: true });
const longestWaitSeconds = 60;
const mostStarters = 200;

export function runRoutes({ route }: Router, { runs }: Services): void {
  route({
    method: 'get',
    path: '/runs',
    summary: 'Runs, newest first; status may name several, with commas between; by is who started them',
    permission: 'runRead',
    query: PageQuery.extend({
      pipeline: Name.optional(),
      status: Statuses.optional(),
      by: Name.optional(),
      since: Moment.optional(),
      until: Moment.optional(),
    }),
    answer: page(RunSummary),
    handle: ({ query: { status, by, ...query } }) => runs.list({ ...query, statuses: status, startedBy: by }),
  });

  route({
    method: 'get',
    path: '/starters',
    tag: 'runs',
    summary: 'Names of those who started runs: people, tokens, triggers',
    permission: 'runRead',
    answer: page(z.string()),
    handle: async () => ({ items: await runs.starters(mostStarters), next: null }),
  });

  route({
    method: 'get',
    path: '/runs/{run}',
    summary: 'A run with its Jobs and Actions, by id or pipeline/number',
    permission: 'runRead',
    params: RunParams,
    answer: RunDetail,
    handle: ({ params }) => runs.get(params.run),
  });

  route({
    method: 'get',
    path: '/runs/{run}/wait',
    summary: 'The run when it has ended, or after so many seconds as it is then',
    permission: 'runRead',
    params: RunParams,
    query: z.object({ timeout: z.coerce.number().min(0).max(longestWaitSeconds).default(30) }),
    answer: RunDetail,
    handle: ({ params, query, context }) =>
      runs.wait(params.run, { timeoutMs: query.timeout * 1000, signal: context.req.raw.signal }),
  });

  route({
    method: 'post',
    path: '/runs/{run}/stop',
    summary: 'Stop a run; its teardown still runs',
    permission: 'executorStop',
    params: RunParams,
    handle: ({ params, identity }) => runs.stop(params.run, identity.name),
  });

  route({
    method: 'post',
    path: '/runs/{run}/retry',
    summary: 'Start a new run that takes over what succeeded in this one',
    permission: 'executorRun',
    params: RunParams,
    body: z.object({ from: JobPath.optional() }),
    answer: RunSummary,
    status: 201,
    handle: ({ params, body, identity, context }) =>
      runs.retry({
        run: params.run,
        from: body.from,
        startedBy: identity.name,
        idempotencyKey: idempotencyKey(context.req.header('idempotency-key')),
      }),
  });

  route({
    method: 'post',
    path: '/runs/{run}/resolve',
    summary: 'Say what becomes of a Job whose Worker was lost',
    permission: 'executorRun',
    params: RunParams,
    body: z.object({ job: JobPath, decision: z.enum(['repeat', 'done', 'fail']) }),
    handle: ({ params, body, identity }) => runs.resolve(params.run, { ...body, by: identity.name }),
  });
}
