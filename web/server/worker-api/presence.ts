import { z } from 'zod';
import type { ProblemDetails } from '../../../core/api/objects.ts';
import {
  ClaimAnswer,
  ClaimRequest,
  WorkerHeartbeat,
  WorkerHello,
  WorkerOrders,
  WorkerWelcome,
} from '../../../core/api/worker.ts';
import { problemResponse } from '../http/problem.ts';
import type { Router } from '../http/router.ts';
import type { Services } from '../services.ts';
import type { Grants } from './grant.ts';
import { Attempt, JobPath, RunId, WorkerId } from './shapes.ts';

const Short = z.string().max(200);
const Job = z.object({ runId: RunId, jobPath: JobPath, jobAttempt: Attempt });

const Hello = WorkerHello.extend({
  id: WorkerId,
  host: Short,
  os: Short,
  arch: Short,
  engines: z.array(z.object({ type: Short, found: z.string().max(1000) })).max(100),
  labels: z
    .record(Short, Short)
    .refine((labels) => Object.keys(labels).length <= 100, 'a Worker has at most 100 labels'),
});

/** Who is there, what it serves, and what it takes. */
export function presenceRoutes({ route }: Router, { workers }: Services, grants: Grants): void {
  route({
    method: 'post',
    path: '/worker/hello',
    summary: 'A Worker says what it is, and learns which queues it serves',
    permission: 'workerServe',
    body: Hello,
    answer: WorkerWelcome,
    handle: ({ body, identity }) => workers.hello(body, grants.owner(identity)),
  });

  route({
    method: 'post',
    path: '/worker/heartbeat',
    summary: 'A Worker is still there, and learns of new queues, of what is not its own any more and whether to drain',
    permission: 'workerServe',
    body: WorkerHeartbeat.extend({
      id: WorkerId,
      running: z.number().int().min(0).max(1_000_000),
      held: z.array(Job).max(1000).default([]),
      strangers: z.array(Job).max(1000).default([]),
    }),
    answer: WorkerOrders,
    handle: ({ body, identity }) => workers.heartbeat(body, grants.owner(identity)),
  });

  route({
    method: 'post',
    path: '/worker/claims',
    summary: 'A Worker takes a Job, or learns who has it, or that it is to take none',
    permission: 'workerServe',
    body: ClaimRequest.extend({ ...Job.shape, workerId: WorkerId }),
    answer: ClaimAnswer,
    handle: async ({ body: { workerId, ...job }, identity }) => {
      const answer = await workers.claim(job, { id: workerId, owner: grants.owner(identity) });
      if ('draining' in answer) return conflict('The Worker drains: it takes no new Job.', answer);
      if ('heldBy' in answer) {
        return conflict(`The Job is with the Worker ${answer.heldBy}.`, { workerId: answer.heldBy });
      }
      return answer;
    },
  });
}

function conflict(detail: string, more: { workerId: string } | { draining: true }): Response {
  const problem: ProblemDetails & typeof more = {
    type: 'about:blank',
    title: 'conflict',
    status: 409,
    detail,
    code: 'conflict',
    ...more,
  };
  return problemResponse(problem);
}
