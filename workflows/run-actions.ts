import { isCancellation, sleep } from '@temporalio/workflow';
import { type ActionScope, evaluateCondition, type Scope } from '../core/expressions/index.ts';
import type { NamedAction } from '../core/hooks.ts';
import type { JsonObject } from '../core/json.ts';
import { actionKeyText } from '../core/keys.ts';
import type { ActionPlan, Outcome } from '../core/plan.ts';
import type { ActionState, JobState } from '../core/run-state.ts';
import { isFinal, type Status } from '../core/status.ts';
import { codeOf, messageOf } from './cause-of.ts';
import { isoAfter, msUntil, nowIso } from './clock.ts';
import { endReason, type RunContext } from './context.ts';
import { type JobSession, needsWorker } from './job-session.ts';
import { limited, throwIfEnding } from './limited.ts';
import { takeStep } from './steps/index.ts';
import type { Step, StepHooks, StepResult } from './steps/step.ts';

export interface JobEnd {
  status: Extract<Status, 'succeeded' | 'failed' | 'errored' | 'timed_out' | 'stopped'>;
  reason: string | null;
  output: JsonObject;
}

export interface ActionsOf {
  context: RunContext;
  job: JobState;
  session: JobSession;
  actions: readonly NamedAction[];
  scope: Omit<Scope, 'actions'>;
  hooks?: StepHooks;
}

/** Runs the Actions of one try of a Job, in order, until one of them ends it. */
export async function runActions({ context, job, session, actions, scope, hooks }: ActionsOf): Promise<JobEnd> {
  const done: Record<string, ActionScope> = {};
  const cutTexts: Step['cutTexts'] = new Map();
  const states = new Map(job.actions.map((action) => [action.name, action]));
  let end: JobEnd = { status: 'succeeded', reason: null, output: {} };

  for (const { name, plan } of actions) {
    const action = states.get(name);
    if (action === undefined) throw new TypeError(`the Job ${job.path} has no Action ${name}`);
    const step: Step = { context, plan, job, action, session, scope: { ...scope, actions: done }, cutTexts, hooks };
    const result = isFinal(action.status) ? earlier(context, session, action) : await runAction(step);
    if (result === undefined) {
      done[plan.name] = { status: action.status, exit_status: null, output: null };
      continue;
    }
    const { status, exitStatus = null, output = {}, named = {}, reason = null, text } = result;
    done[plan.name] = { status, exit_status: exitStatus, output, ...(text === undefined ? {} : { stdout: text }) };
    end = { ...end, output: { ...end.output, ...named } };
    if (result.unready) return { ...end, status: 'errored', reason };
    if (status === 'stopped' || status === 'errored') return { ...end, status, reason: told(plan, reason) };
    const outcome: Outcome = status === 'succeeded' ? plan.onSuccess : plan.onFailure;
    const [next, word] = outcome.split(' ');
    if (word === 'failure') {
      end = { ...end, status: status === 'timed_out' ? status : 'failed', reason: told(plan, reason) };
    } else if (next === 'end') end = { ...end, status: 'succeeded', reason: null };
    if (next === 'end') return end;
  }
  return end;
}

function told(plan: ActionPlan, reason: string | null): string {
  return reason === null ? `The Action ${plan.name} failed.` : `${plan.name}: ${reason}`;
}

/** What an Action came to before this history began. */
function earlier(context: RunContext, session: JobSession, action: ActionState): StepResult | undefined {
  const { status, exitStatus, reason } = action;
  if (status === 'skipped' || status === 'blocked') return undefined;
  const text = context.texts.get(actionKeyText({ ...session.key, action: action.name, attempt: action.attempt }));
  const output = (action.output ?? {}) as JsonObject;
  const named = Array.isArray(output) ? {} : output;
  return {
    status: status as StepResult['status'],
    exitStatus,
    output,
    named,
    reason,
    ...(text === undefined ? {} : { text }),
  };
}

/** Undefined where it did not run. */
async function runAction(step: Step): Promise<StepResult | undefined> {
  const { context, plan, job, action, scope } = step;
  const { book } = context;
  throwIfEnding();
  const missing = plan.requires.find((name) => scope.actions[name]?.status !== 'succeeded');
  if (missing !== undefined) {
    book.changeAction(job, action, { status: 'blocked', reason: `The Action ${missing} did not end well.` });
    return undefined;
  }
  try {
    if (plan.skipIf !== undefined && evaluateCondition(plan.skipIf, scope)) {
      book.changeAction(job, action, { status: 'skipped', reason: `Skipped, as ${plan.skipIf}` });
      return undefined;
    }
  } catch (error) {
    return settle(step, broken(error));
  }
  const fault = plan.hook === undefined ? undefined : await step.hooks?.setUp?.(plan.hook);
  if (fault !== undefined) return { status: 'errored', reason: fault, unready: true };
  // An earlier history left it between two tries.
  if (job.wait?.kind === 'retry' && job.wait.action === action.name) await again(step, job.wait.until);
  for (;;) {
    // Until a Worker has the Job nobody knows when its first Action begins: the Worker tells.
    const asked = needsWorker(plan) && step.session.workerId === undefined;
    book.changeAction(job, action, asked ? {} : { status: 'running', startedAt: action.startedAt ?? nowIso() });
    const result = await oneTry(step);
    const { retry } = plan;
    const isTried =
      retry !== undefined && action.attempt < retry.attempts && (retry.on as readonly Status[]).includes(result.status);
    if (!isTried) return settle(step, result);
    const delay = Math.round(retry.delayMs * retry.backoff ** (action.attempt - 1));
    await again(step, delay === 0 ? undefined : waitShown(step, result, delay));
  }
}

async function oneTry(step: Step): Promise<StepResult> {
  const { context, job, action, plan } = step;
  try {
    // A Worker keeps the timeout of what it runs, to the millisecond.
    const tried = await limited(needsWorker(plan) ? undefined : plan.timeoutMs, () => takeStep(step));
    if (tried.timedOut)
      return { status: 'timed_out', reason: `It took longer than its timeout of ${plan.timeoutMs} ms.` };
    if (tried.value.status === 'stopped') throwIfEnding();
    return tried.value;
  } catch (error) {
    if (!isCancellation(error)) return broken(error);
    const reason = endReason(context, job.path, 'Its Job was ended.');
    context.book.changeAction(job, action, { status: 'stopped', reason, endedAt: nowIso() });
    throw error;
  }
}

/** When it is tried again, after that is shown. */
function waitShown({ context, job, action }: Step, result: StepResult, delay: number): string {
  const until = isoAfter(nowIso(), delay);
  const wait = { kind: 'retry', until, attempt: action.attempt + 1, action: action.name } as const;
  const reason = `${action.name} is tried again at ${until}: ${result.reason ?? result.status}`;
  context.book.change(job, { status: 'waiting', wait, reason });
  return until;
}

async function again({ context, job, action }: Step, until: string | undefined): Promise<void> {
  if (until !== undefined) {
    await sleep(Math.max(1, msUntil(until)));
    context.book.change(job, { status: 'running', wait: null, reason: null });
  }
  context.book.changeAction(job, action, { attempt: action.attempt + 1, startedAt: null, reason: null });
}

function settle({ context, job, action, session }: Step, result: StepResult): StepResult {
  const { status, exitStatus = null, output, reason = null, text } = result;
  context.book.changeAction(job, action, {
    status,
    exitStatus,
    reason,
    output: output ?? {},
    startedAt: result.startedAt ?? action.startedAt ?? nowIso(),
    endedAt: result.endedAt ?? nowIso(),
    ...(result.info === undefined ? {} : { info: result.info }),
  });
  if (text !== undefined) {
    context.texts.set(actionKeyText({ ...session.key, action: action.name, attempt: action.attempt }), text);
  }
  return result;
}

/** An expression that cannot be computed, what is refused, or a fault of ours: never a failure of the Action. */
function broken(error: unknown): StepResult {
  const code = codeOf(error);
  const message = messageOf(error);
  return {
    status: 'errored',
    reason: code === undefined || code === 'internal' ? `Palvella itself: ${message}` : message,
  };
}
