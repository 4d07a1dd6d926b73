import { z } from 'zod';
import { RunSummary } from '../../../core/api/objects.ts';
import { ActionReport, LeaseAnswer, LeaseRequest, StartRunRequest } from '../../../core/api/worker.ts';
import { actionKeyText } from '../../../core/keys.ts';
import type { Router } from '../http/router.ts';
import type { Services } from '../services.ts';
import type { Grants } from './grant.ts';
import { ActionName, Attempt } from './shapes.ts';

const Name = z.string().min(1).max(200);
const Names = z.array(z.object({ name: Name, property: Name.optional() })).max(200);

/** What a Worker says of, and asks for, a Job that it has. */
export function jobRoutes({ route }: Router, services: Services, grants: Grants): void {
  const { runStates, credentials, runs } = services;

  route({
    method: 'post',
    path: '/worker/reports',
    summary: 'How Actions of the Job are doing',
    permission: 'workerServe',
    body: z.array(ActionReport).max(1000),
    handle: async ({ body, ...call }) => {
      const grant = await grants.job(call);
      for (const { key } of body) await grants.own(grant, key);
      if (body.length > 0) await runStates.applyReports(body);
    },
  });

  route({
    method: 'post',
    path: '/worker/leases',
    summary: 'Values of Credentials that the Job names',
    permission: 'credentialRead',
    body: LeaseRequest.extend({ names: Names }),
    answer: LeaseAnswer,
    handle: async ({ body, ...call }) => ({ values: await credentials.lease(body.names, await grants.openJob(call)) }),
  });

  route({
    method: 'post',
    path: '/worker/runs',
    summary: 'Start a run from an Action, once for each try of it',
    permission: 'workerServe',
    body: StartRunRequest.extend({ pipeline: Name, action: ActionName, attempt: Attempt }),
    answer: RunSummary,
    status: 201,
    handle: async ({ body: { pipeline, args, action, attempt }, ...call }) => {
      const { runId, jobPath, jobAttempt } = await grants.openJob(call);
      const parent = await runs.find(runId);
      return await runs.start({
        name: pipeline,
        parameters: args,
        startedBy: `run/${parent.pipeline}/${parent.number}`,
        idempotencyKey: actionKeyText({ runId, jobPath, jobAttempt, action, attempt }),
        trigger: { kind: 'run', run: runId, pipeline: parent.pipeline, number: parent.number, job: jobPath, action },
      });
    },
  });
}
