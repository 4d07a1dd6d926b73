import { CancellationScope, condition, continueAsNew, setHandler } from '@temporalio/workflow';
import { control } from './activities.ts';
import { createContext } from './create-context.ts';
import { isEnding } from './limited.ts';
import {
  approvalDecidedSignal,
  giveWaySignal,
  holdSettledSignal,
  pauseChangedSignal,
  resolveLostSignal,
  stateQuery,
  triggerSentSignal,
} from './messages.ts';
import { register } from './register.ts';
import type { PartInput, PartResult } from './start-part.ts';

/** Some Jobs of a run that is too large for one history. */
export async function pipelinePart(input: PartInput): Promise<PartResult> {
  const { runId, part } = input;
  const context = createContext(runId, () => undefined);
  const { book } = context;
  setHandler(stateQuery, () => book.state());
  setHandler(pauseChangedSignal, () => context.pause.look());
  setHandler(holdSettledSignal, ({ job }) => void context.told.add(job));
  setHandler(giveWaySignal, (asked) => context.places.giveWay(asked));
  setHandler(approvalDecidedSignal, ({ approvalId }) => void context.decided.add(approvalId));
  setHandler(triggerSentSignal, ({ waitId }) => void context.arrived.add(waitId));
  setHandler(resolveLostSignal, (decision) => void context.resolved.set(decision.job, decision));
  book.countFrom(input.seq);
  const run = await CancellationScope.nonCancellable(() => control.openRun(runId, part));
  Object.assign(context, { pipeline: run.pipeline, number: run.number, trigger: run.trigger });
  context.earlier = new Map(input.earlier.map((job) => [job.path, job]));
  context.texts = new Map(Object.entries(input.texts));
  for (const job of run.plan.jobs) {
    register(context, job, { group: part.group, parent: part.group === '' ? null : part.group });
  }
  context.places.takeOver(input.gaveWay ?? []);
  if (input.paused === true) await context.pause.look();
  const around = { path: part.group, parameters: input.parameters, jobs: input.jobs, held: input.held ?? [] };
  const runAll = () => context.runGroup(context, run.plan.jobs, around).then(() => 'over' as const);
  const over = input.stopped === true ? runStopped(runAll) : runAll();
  // A condition is looked at once all that came back is in the book.
  const full = () => condition(context.gate.isAtRest).then(() => 'full' as const);
  if ((await CancellationScope.nonCancellable(() => Promise.race([over, full()]))) === 'full') {
    const { paused: _, gaveWay: __, ...same } = input;
    const gaveWay = context.places.carried();
    const next = {
      ...same,
      seq: book.run.seq,
      earlier: book.jobs(),
      texts: Object.fromEntries(context.texts),
      ...(context.pause.isOn ? { paused: true as const } : {}),
      // Temporal keeps that of the history that it was said to.
      ...(isEnding() ? { stopped: true as const } : {}),
      ...(gaveWay.length === 0 ? {} : { gaveWay }),
    };
    await continueAsNew<typeof pipelinePart>(next);
  }
  return { seq: book.run.seq, jobs: book.jobs() };
}

function runStopped<T>(work: () => Promise<T>): Promise<T> {
  const scope = new CancellationScope();
  scope.cancel();
  return scope.run(work);
}
