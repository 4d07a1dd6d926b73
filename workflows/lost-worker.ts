import { condition, patched } from '@temporalio/workflow';
import type { ActionResult, ActionTask } from '../activities/types.ts';
import { control } from './activities.ts';
import { nowIso } from './clock.ts';
import { leaveWorker } from './job-session.ts';
import type { Step } from './steps/step.ts';

/** How long until somebody looks whether the Worker is back, doubled each time up to the longest. */
const firstLookMs = 5_000;
const longestLookMs = 3_600_000;
/** Where nothing is at stake, nobody is asked after the Worker was away for so many looks. */
const looksUnasked = 4;

/**
 * The Worker is gone, and with it the Job's workspace. Where nothing of the Job may have happened the Action is broken,
 * and the Job's `retry` decides. Else a person says what is true, or the Worker comes back.
 */
export async function decideLost(
  step: Step,
  task: ActionTask,
  lost: { workerId: string; begun: boolean },
): Promise<ActionResult | 'again'> {
  const { context, job, action, session } = step;
  const { path } = job;
  // One that came twice was about an earlier loss. May go once no run that was started before December 2026 is in flight:
  // there it had been taken for a decision on this one.
  if (context.resolved.has(path) && patched('2-decision-on-this-loss')) context.resolved.delete(path);
  const isDecided = () => {
    const said = context.resolved.get(path);
    if (said === undefined) return false;
    return (said.action ?? action.name) === action.name && (said.attempt ?? job.attempt) === job.attempt;
  };
  const before = job.actions.filter(
    (one) => one !== action && one.startedAt !== null && session.onWorkers.has(one.name),
  );
  const irreversible = !session.closing && ((lost.begun && !task.idempotent) || before.length > 0);
  const reason = `The Worker ${lost.workerId} is lost`;
  const wait = { kind: 'worker_lost', worker: lost.workerId, action: action.name } as const;
  context.book.change(job, { status: 'waiting', wait, reason: `${reason} while it ran ${action.name}` });
  try {
    for (let looks = 0; ; looks += 1) {
      if (!irreversible && looks === looksUnasked) return unasked();
      const delay = Math.min(firstLookMs * 2 ** looks, longestLookMs);
      if (await condition(isDecided, delay)) break;
      if ((await control.findClaim(task.key))?.alive === true) return 'again';
    }
  } finally {
    context.book.change(job, { status: 'running', wait: null, reason: null });
  }
  const decision = context.resolved.get(path);
  context.resolved.delete(path);
  switch (decision?.decision) {
    case 'repeat':
    case 'done':
      leave();
      return decision.decision === 'repeat' ? 'again' : result('succeeded', `${decision.by} said that it was done.`);
    default:
      session.lost = true;
      return result('errored', `${reason}, and ${decision?.by ?? 'nobody'} said that it failed.`);
  }

  /** A teardown is made to be repeated. */
  function unasked(): ActionResult | 'again' {
    if (session.closing) leave();
    else session.lost = true;
    return session.closing ? 'again' : result('errored', `${reason}.`);
  }

  function leave(): void {
    leaveWorker(context, job, session);
    task.key = { ...task.key, jobAttempt: job.attempt };
  }

  function result(status: 'succeeded' | 'errored', text: string): ActionResult {
    const at = nowIso();
    return {
      status,
      exitStatus: null,
      output: {},
      reason: text,
      workerId: lost.workerId,
      startedAt: action.startedAt ?? at,
      endedAt: at,
      info: {},
    };
  }
}
