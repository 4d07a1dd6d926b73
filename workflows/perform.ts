import { ApplicationFailure, isCancellation, sleep, TimeoutFailure } from '@temporalio/workflow';
import type { ActionResult, ActionTask } from '../activities/types.ts';
import { anyWorker, control, thatWorker } from './activities.ts';
import { causeOf, messageOf } from './cause-of.ts';
import { nowIso } from './clock.ts';
import { decideLost } from './lost-worker.ts';
import type { Step } from './steps/step.ts';

/** How long a Job waits before it asks again where a Worker took it and was full. */
const fullMs = 1_000;

/** Characters of JSON. An Action's input is for its settings; data goes by files. */
const largestInput = 256 * 1024;

/** What came of sending an Action somewhere. */
type Sent = ActionResult | 'again' | 'lost';

/**
 * One try of an Action. The first of a Job goes to whoever serves the queue; that Worker then has the Job, and all that
 * follows, repeats included, goes to it alone.
 */
export async function perform(step: Step, task: ActionTask): Promise<ActionResult> {
  const { session, context, job } = step;
  const size = sizeOf(task);
  if (size > largestInput) return errored(tooLarge(task.type, size));
  let begun = false;
  session.held.add(task.engine.type);
  for (;;) {
    const { workerId } = session;
    if (workerId === undefined && job.status === 'running' && job.worker === null) {
      const wait = { kind: 'worker', engine: session.engine, requires: session.requires } as const;
      context.book.change(job, { status: 'queued', wait, reason: waitText(session.engine, session.requires) });
    }
    const send = () => (workerId === undefined ? toAny() : toThat(workerId));
    const answer = await context.pace.through(size, send);
    const sent = answer === 'lost' ? await decideLost(step, task, { workerId: workerId ?? '', begun }) : answer;
    if (session.workerId !== job.worker) context.book.change(job, { worker: session.workerId ?? null });
    if (job.wait?.kind === 'worker') context.book.change(job, { status: 'running', wait: null, reason: null });
    if (answer === 'lost' && sent === 'again') {
      const fault = await readyAgain(step, task);
      if (fault !== undefined) return errored(fault);
    }
    if (sent !== 'again') {
      if (task.lastOfJob && sent.workerId !== '') session.held.delete(task.engine.type);
      return sent;
    }
  }

  async function toAny(): Promise<Sent> {
    try {
      const result = await anyWorker(session.queue, task.key).runAction(task);
      session.workerId = result.workerId;
      return result;
    } catch (error) {
      const fault = faultOf(error);
      if (fault.kind === 'held') session.workerId = fault.by;
      else if (fault.kind === 'full') await sleep(fullMs);
      else if (fault.kind === 'silent') {
        begun = true;
        session.workerId = (await control.findClaim(task.key))?.workerId;
      } else return errored(fault.message);
      return 'again';
    }
  }

  async function toThat(workerId: string): Promise<Sent> {
    try {
      return await thatWorker(workerId, task.key).runAction(task);
    } catch (error) {
      const fault = faultOf(error);
      if (fault.kind === 'held') session.workerId = fault.by;
      else if (fault.kind === 'full') await sleep(fullMs);
      else if (fault.kind === 'silent') {
        const claim = await control.findClaim(task.key);
        begun ||= claim?.started === true;
        if (claim?.alive !== true) return 'lost';
      } else return errored(fault.message);
      return 'again';
    }
  }
}

/** On another Worker nothing is set up yet. The reason where that failed. */
async function readyAgain({ plan, hooks, session }: Step, task: ActionTask): Promise<string | undefined> {
  if (plan.hook === undefined || session.workerId !== undefined) return undefined;
  const fault = await hooks?.setUp?.(plan.hook);
  const environ = hooks?.environ(plan.hook);
  if (environ !== undefined) task.environ = environ;
  return fault;
}

function sizeOf({ input, engine, environ = {} }: ActionTask): number {
  return JSON.stringify(input).length + JSON.stringify(engine.settings).length + JSON.stringify(environ).length;
}

function tooLarge(type: string, size: number): string {
  const kib = (characters: number) => `${Math.ceil(characters / 1024)} KiB`;
  return `The input of ${type} holds ${kib(size)}, more than the ${kib(largestInput)} that fit. Put large values in a file and keep it with store.`;
}

type Fault =
  | { kind: 'held'; by: string }
  | { kind: 'full' }
  /** Nothing is known of the Worker. */
  | { kind: 'silent' }
  | { kind: 'broke'; message: string };

function faultOf(error: unknown): Fault {
  if (isCancellation(error)) throw error;
  const cause = causeOf(error);
  if (cause instanceof TimeoutFailure) return { kind: 'silent' };
  if (!(cause instanceof ApplicationFailure)) return { kind: 'broke', message: messageOf(cause) };
  switch (cause.type) {
    case 'conflict':
      return { kind: 'held', by: String(cause.details?.[0]) };
    case 'unavailable':
      return { kind: 'full' };
    case 'worker_lost':
      return { kind: 'silent' };
    default:
      return { kind: 'broke', message: cause.message };
  }
}

function errored(reason: string): ActionResult {
  const at = nowIso();
  const none = { exitStatus: null, output: {}, workerId: '', info: {} };
  return { ...none, status: 'errored', reason, startedAt: at, endedAt: at };
}

function waitText(engine: string, requires: Record<string, string>): string {
  const labels = Object.entries(requires).map(([name, value]) => `${name}=${value}`);
  return `Waits for a Worker with Engine ${engine}${labels.length === 0 ? '' : ` and ${labels.join(', ')}`}`;
}
