import { sleep } from '@temporalio/workflow';
import { unreachable } from '../core/errors.ts';
import type { Scope } from '../core/expressions/index.ts';
import { actionsOf } from '../core/hooks.ts';
import type { JsonObject } from '../core/json.ts';
import type { JobPlan } from '../core/plan.ts';
import type { JobState } from '../core/run-state.ts';
import type { Status } from '../core/status.ts';
import { isoAfter, msUntil, nowIso } from './clock.ts';
import { pathOf, type RunContext, type Surroundings } from './context.ts';
import { within } from './end-job.ts';
import { createHooks, type HooksOf } from './engine-hooks.ts';
import { createSession, tearDown } from './job-session.ts';
import { limited, msLeft } from './limited.ts';
import { paramsOf } from './params-of.ts';
import { untilResumed } from './pause.ts';
import { type JobEnd, runActions } from './run-actions.ts';
import { ended, newAction } from './run-book.ts';

/** Tries of a Job that are kept to be shown. */
const mostTries = 20;

/** `spent`: attempts that are none of the Job's `retry`. */
interface Count {
  spent: number;
}

export interface TriesOf {
  around: Surroundings;
  scope: Scope;
  /** Gives back what the Job has to itself, before it counts as ended: a new history runs no Job that has. */
  release?: () => Promise<void>;
}

/** Tries the Job as often as its `retry` says. */
export async function runTries(
  context: RunContext,
  plan: JobPlan,
  job: JobState,
  { around, scope, release }: TriesOf,
): Promise<void> {
  const { book } = context;
  if (context.pause.isOn && job.startedAt === null) await untilResumed(context, job);
  const params = paramsOf(plan, scope);
  // One that an earlier history left in the middle goes on where it was.
  let resumed = job.startedAt !== null;
  // A group that is tried again has its Jobs begin anew, under attempts that go on counting.
  const count = { spent: resumed ? 0 : job.attempt };
  for (; ; resumed = false) {
    const waited = job.wait?.kind === 'retry' && job.wait.action === undefined ? job.wait : undefined;
    if (waited !== undefined) await sleep(Math.max(1, msUntil(waited.until)));
    if (!resumed || waited !== undefined) begin(context, plan, job);
    const timeoutMs = resumed && waited === undefined ? msLeft(plan.timeoutMs, sinceOf(job)) : plan.timeoutMs;
    const end = await oneTry(context, plan, job, { around, scope: { ...scope, params }, count, timeoutMs });
    const { retry } = plan;
    const tries = job.attempt - count.spent;
    const again = retry !== undefined && tries < retry.attempts && (retry.on as readonly Status[]).includes(end.status);
    if (!again) {
      // A group of Jobs that was ended says so of those in it.
      const reason = (end.status === 'stopped' ? context.places.reason(job.path) : undefined) ?? end.reason;
      const change = { ...ended(job, end.status, reason), output: end.output };
      if (release !== undefined) await release();
      book.change(job, change);
      return;
    }
    const endedAt = nowIso();
    const until = isoAfter(endedAt, Math.round(retry.delayMs * retry.backoff ** (tries - 1)));
    const wait = { kind: 'retry', until, attempt: job.attempt + 1 } as const;
    const before = job.tries ?? [];
    const tried = {
      status: end.status,
      startedAt: before.at(-1)?.nextAt ?? job.startedAt ?? endedAt,
      endedAt,
      nextAt: until,
    };
    book.change(job, {
      status: 'waiting',
      wait,
      reason: `Tried again at ${until}: ${end.reason ?? end.status}`,
      tries: [...before, tried].slice(-mostTries),
    });
  }
}

function begin(context: RunContext, plan: JobPlan, job: JobState): void {
  const { book } = context;
  book.change(job, {
    status: 'running',
    reason: null,
    wait: null,
    attempt: job.attempt + 1,
    worker: null,
    startedAt: job.startedAt ?? nowIso(),
    actions: actionsOf(plan.body).map((action) => newAction(action.name, action.plan.type)),
  });
  for (const inner of job.attempt > 1 ? within(book, job.path) : []) {
    const fresh = { status: 'queued', reason: null, wait: null, output: {}, startedAt: null, endedAt: null } as const;
    const actions = inner.actions.map(({ name, type }) => newAction(name, type));
    book.change(inner, { ...fresh, actions, inherited: false });
  }
}

/** When the try that it is in began. */
function sinceOf({ startedAt, tries }: JobState): string | null {
  const next = tries?.at(-1)?.nextAt;
  // What was tried in an earlier try of its group is none of this one.
  return next === undefined || (startedAt !== null && startedAt > next) ? startedAt : next;
}

async function oneTry(
  context: RunContext,
  plan: JobPlan,
  job: JobState,
  of: { around: Surroundings; scope: Scope; count: Count; timeoutMs: number | undefined },
): Promise<JobEnd> {
  const { around, scope, count, timeoutMs } = of;
  const tried = await limited(timeoutMs, (stopClock) => {
    const { body } = plan;
    switch (body.kind) {
      case 'actions':
        return runLeaf(context, job, body, { scope, count, stopClock });
      case 'jobs':
        return runInner(context, job, body, { around, scope });
      default:
        return unreachable(body);
    }
  });
  if (!tried.timedOut) return tried.value;
  return {
    status: 'timed_out',
    reason: `It took longer than its timeout of ${plan.timeoutMs} ms.`,
    output: job.output,
  };
}

async function runLeaf(
  context: RunContext,
  job: JobState,
  body: Extract<JobPlan['body'], { kind: 'actions' }>,
  { scope, count, stopClock }: { scope: Scope; count: Count; stopClock(): void },
): Promise<JobEnd> {
  const { book, window } = context;
  // That of an Action, which an earlier history left between two tries.
  const wait = job.wait?.kind === 'retry' ? job.wait : null;
  await window.enter((position) => {
    book.change(job, {
      status: 'queued',
      wait: { kind: 'window', position },
      reason: `Position ${position} in the run`,
    });
  });
  try {
    if (job.wait?.kind === 'window') book.change(job, { status: 'running', wait, reason: null });
    const key = { runId: context.runId, jobPath: job.path, jobAttempt: job.attempt };
    const session = createSession(key, body, job.worker ?? undefined);
    session.lost = context.left !== undefined;
    try {
      if (body.hooks === undefined) return await runActions({ context, job, session, actions: actionsOf(body), scope });
      return await runHooked({ context, job, session, body, scope }, { count, stopClock });
    } finally {
      await tearDown(context, session);
    }
  } finally {
    window.leave();
  }
}

async function runHooked(parts: HooksOf, { count, stopClock }: { count: Count; stopClock(): void }): Promise<JobEnd> {
  const { context, job, session, body, scope } = parts;
  const hooks = createHooks(parts);
  const actions = body.actions.map((plan) => ({ name: plan.name, plan }));
  let end: JobEnd | undefined;
  let fault: string | undefined;
  try {
    end = await runActions({ context, job, session, actions, scope, hooks });
  } finally {
    // A teardown has a bound of its own.
    stopClock();
    const { attempt } = job;
    fault = await hooks.tearDown();
    count.spent += job.attempt - attempt;
  }
  if (fault === undefined) return end;
  if (end.status === 'succeeded') return { ...end, status: 'errored', reason: fault };
  return { ...end, reason: `${end.reason ?? end.status} ${fault}` };
}

async function runInner(
  context: RunContext,
  job: JobState,
  body: Extract<JobPlan['body'], { kind: 'jobs' }>,
  { around, scope }: { around: Surroundings; scope: Scope },
): Promise<JobEnd> {
  const fresh = body.scope === 'new';
  const inside = {
    ...around,
    path: job.path,
    parameters: fresh ? scope.params : around.parameters,
    jobs: fresh ? {} : around.jobs,
  };
  const { status } = await context.runGroup(context, body.jobs, inside);
  const output = Object.assign(
    {},
    ...body.jobs.map(({ name }) => context.book.job(pathOf(job.path, name))?.output ?? {}),
  );
  const bad = body.jobs
    .map(({ name }) => context.book.job(pathOf(job.path, name)))
    .find((inner) => inner?.status === status && status !== 'succeeded');
  const reason = bad === undefined ? null : `${bad.name}: ${bad.reason ?? bad.status}`;
  return { status: status as JobEnd['status'], reason, output: output as JsonObject };
}
