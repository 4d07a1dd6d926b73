import { isCancellation, sleep } from '@temporalio/workflow';
import { unreachable } from '../core/errors.ts';
import { evaluateFields, type JobScope, type Scope } from '../core/expressions/index.ts';
import type { JsonObject } from '../core/json.ts';
import { checkParameters } from '../core/language/parameters.ts';
import type { JobPlan } from '../core/plan.ts';
import type { JobState } from '../core/run-state.ts';
import { isFinal, type Status } from '../core/status.ts';
import { isoAfter, msUntil, nowIso } from './clock.ts';
import { pathOf, type RunContext, type Surroundings, stopReason } from './context.ts';
import { createSession, tearDown } from './job-session.ts';
import { isEnding, limited } from './limited.ts';
import { endUnrun, within } from './register.ts';
import { type JobEnd, runActions } from './run-actions.ts';
import { ended, newAction } from './run-book.ts';
import { runEach } from './run-each.ts';
import { runGroup, scopeOf } from './run-group.ts';
import { whetherToRun } from './whether-to-run.ts';

export interface JobOf {
  before: readonly { name: string; status: Status }[];
  around: Surroundings;
}

/** One Job from the end of what it requires to its own end. Never throws: what breaks is the Job's status. */
export async function runJob(context: RunContext, plan: JobPlan, { before, around }: JobOf): Promise<JobScope> {
  const { book } = context;
  const path = pathOf(around.path, plan.name);
  const job = book.job(path);
  if (job === undefined) return { status: 'errored', output: {} };
  const found = takeOver(context, job);
  if (found === 'ended') return scopeOf(context, path, plan);
  const scope = scopeBefore(context, around);
  try {
    const decision = isEnding()
      ? { status: 'stopped' as const, reason: stopReason(context) }
      : whetherToRun(plan, before, scope);
    if (decision !== undefined) endUnrun(book, job, decision.status, decision.reason);
    else if (plan.forEach === undefined) await runTries(context, plan, job, { around, scope, found });
    else await runEach(context, { plan, list: plan.forEach }, job, { around, scope });
  } catch (error) {
    endBroken(context, job, error);
  }
  return scopeOf(context, path, plan);
}

export type Found = 'nothing' | 'begun' | 'ended';

/** What the Job, and what is in it, came to in an earlier run or history stands. */
export function takeOver(context: RunContext, job: JobState): Found {
  const { earlier, book } = context;
  const found = earlier.get(job.path);
  if (found === undefined) return 'nothing';
  if (!isFinal(found.status)) {
    Object.assign(job, found);
    return found.startedAt === null ? 'nothing' : 'begun';
  }
  book.put({ ...found });
  for (const [path, state] of earlier) {
    if (path.startsWith(`${job.path}/`) || path.startsWith(`${job.path}[`)) book.put({ ...state });
  }
  return 'ended';
}

export function endBroken(context: RunContext, job: JobState, error: unknown): void {
  if (isCancellation(error)) {
    const reason = context.stop.by === undefined ? 'What it is part of was ended.' : stopReason(context);
    endUnfinished(context, job, 'stopped', reason);
  } else endUnfinished(context, job, 'errored', error instanceof Error ? error.message : String(error));
}

function endUnfinished(context: RunContext, job: JobState, status: Status, reason: string): void {
  context.book.change(job, ended(job, status, reason));
  for (const inner of within(context.book, job.path)) {
    if (!isFinal(inner.status)) context.book.change(inner, ended(inner, 'stopped', null));
  }
}

function scopeBefore({ trigger }: RunContext, around: Surroundings): Scope {
  return { parameters: around.parameters, params: {}, actions: {}, jobs: around.jobs, trigger };
}

/** Tries the Job as often as its `retry` says. */
export async function runTries(
  context: RunContext,
  plan: JobPlan,
  job: JobState,
  { around, scope, found }: { around: Surroundings; scope: Scope; found: Found },
): Promise<void> {
  const { book } = context;
  const params = paramsOf(plan, scope);
  // One that an earlier history left in the middle goes on where it was.
  for (let resumed = found === 'begun'; ; resumed = false) {
    if (job.wait?.kind === 'retry') await sleep(Math.max(1, msUntil(job.wait.until)));
    if (!resumed || job.wait?.kind === 'retry') begin(context, plan, job);
    const end = await oneTry(context, plan, job, { around, scope: { ...scope, params } });
    const { retry } = plan;
    const again =
      retry !== undefined && job.attempt < retry.attempts && (retry.on as readonly Status[]).includes(end.status);
    if (!again) {
      book.change(job, { ...ended(job, end.status, end.reason), output: end.output });
      return;
    }
    const until = isoAfter(nowIso(), Math.round(retry.delayMs * retry.backoff ** (job.attempt - 1)));
    const wait = { kind: 'retry', until, attempt: job.attempt + 1 } as const;
    book.change(job, { status: 'waiting', wait, reason: `Tried again at ${until}: ${end.reason ?? end.status}` });
  }
}

function begin(context: RunContext, plan: JobPlan, job: JobState): void {
  const { book } = context;
  const actions = plan.body.kind === 'actions' ? plan.body.actions : [];
  book.change(job, {
    status: 'running',
    reason: null,
    wait: null,
    attempt: job.attempt + 1,
    worker: null,
    startedAt: job.startedAt ?? nowIso(),
    actions: actions.map((action) => newAction(action.name, action.type)),
  });
  for (const inner of job.attempt > 1 ? within(book, job.path) : []) {
    book.change(inner, { status: 'queued', reason: null, wait: null, output: {}, startedAt: null, endedAt: null });
  }
}

async function oneTry(
  context: RunContext,
  plan: JobPlan,
  job: JobState,
  { around, scope }: { around: Surroundings; scope: Scope },
): Promise<JobEnd> {
  const tried = await limited(plan.timeoutMs, () => {
    const { body } = plan;
    switch (body.kind) {
      case 'actions':
        return runLeaf(context, job, body.actions, scope);
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
  actions: Parameters<typeof runActions>[0]['actions'],
  scope: Scope,
): Promise<JobEnd> {
  const { book, window } = context;
  await window.enter((position) => {
    book.change(job, {
      status: 'queued',
      wait: { kind: 'window', position },
      reason: `Position ${position} in the run`,
    });
  });
  try {
    if (job.wait?.kind === 'window') book.change(job, { status: 'running', wait: null, reason: null });
    const key = { runId: context.runId, jobPath: job.path, jobAttempt: job.attempt };
    const session = createSession(key, actions, job.worker ?? undefined);
    try {
      return await runActions({ context, job, session, actions, scope });
    } finally {
      await tearDown(context, session);
    }
  } finally {
    window.leave();
  }
}

async function runInner(
  context: RunContext,
  job: JobState,
  body: Extract<JobPlan['body'], { kind: 'jobs' }>,
  { around, scope }: { around: Surroundings; scope: Scope },
): Promise<JobEnd> {
  const fresh = body.scope === 'new';
  const inside = {
    path: job.path,
    parameters: fresh ? scope.params : around.parameters,
    jobs: fresh ? {} : around.jobs,
  };
  const { status } = await runGroup(context, body.jobs, inside);
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

function paramsOf(plan: JobPlan, scope: Scope): JsonObject {
  const { value } = evaluateFields(plan.args, scope);
  const checked = checkParameters(plan.params, value);
  if ('values' in checked) return checked.values;
  throw new TypeError(`The args are wrong: ${checked.problems.map(({ message }) => message).join('; ')}.`);
}
