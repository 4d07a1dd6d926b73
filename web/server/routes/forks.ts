import { z } from 'zod';
import { ForkPlan, ForkVersion, Relatives } from '../../../core/api/forks.ts';
import { RunSummary } from '../../../core/api/objects.ts';
import { JsonObject } from '../../../core/json.ts';
import type { Router } from '../http/router.ts';
import type { Services } from '../services.ts';
import { idempotencyKey } from './pipelines.ts';
import { JobPath, RunParams } from './shapes.ts';

const Fork = z.object({ from: JobPath.optional(), version: ForkVersion.default('same') });

export function forkRoutes({ route }: Router, { runs }: Services): void {
  route({
    method: 'get',
    path: '/runs/{run}/fork',
    summary: 'What a fork of this run would run, what it would take over, and why it could not start',
    permission: 'executorRun',
    params: RunParams,
    query: Fork,
    answer: ForkPlan,
    handle: ({ params, query }) => runs.planFork({ run: params.run, ...query }),
  });

  route({
    method: 'post',
    path: '/runs/{run}/fork',
    summary: 'Start a new run that goes on from a Job of this one, with other parameters or the newest version',
    permission: 'executorRun',
    params: RunParams,
    body: Fork.extend({ parameters: JsonObject.default({}) }),
    answer: RunSummary,
    status: 201,
    handle: ({ params, body, identity, context }) =>
      runs.fork({
        run: params.run,
        ...body,
        startedBy: identity.name,
        idempotencyKey: idempotencyKey(context.req.header('idempotency-key')),
      }),
  });

  route({
    method: 'get',
    path: '/runs/{run}/relatives',
    summary: 'Runs that this one came out of by retries and forks, itself the last, and those that came out of it',
    permission: 'runRead',
    params: RunParams,
    answer: Relatives,
    handle: ({ params }) => runs.relatives(params.run),
  });
}
