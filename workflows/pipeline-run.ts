import { CancellationScope, condition, continueAsNew, setHandler, upsertSearchAttributes } from '@temporalio/workflow';
import type { OpenedRun } from '../core/opened-run.ts';
import type { JobState, RunLeft } from '../core/run-state.ts';
import { control } from './activities.ts';
import { nowIso } from './clock.ts';
import type { RunContext } from './context.ts';
import { createContext } from './create-context.ts';
import { interpret, interpretHeld } from './interpret.ts';
import {
  approvalDecidedSignal,
  giveWaySignal,
  holdSettledSignal,
  pauseChangedSignal,
  resolveLostSignal,
  stateQuery,
  stopSignal,
  triggerSentSignal,
} from './messages.ts';
import { register } from './register.ts';
import { createParts } from './start-part.ts';

export interface RunInput {
  runId: string;
  /** Where it is small, so that a run begins without asking for it. */
  opened?: OpenedRun;
  /** What a history that had grown full hands to the next. */
  carried?: {
    seq: number;
    startedAt: string;
    stoppedBy?: string;
    /** It was cancelled, by whom ever: Temporal keeps that of the history that it was said to. */
    cancelled?: true;
    /** It was told of a pause, which may be over since. */
    paused?: true;
    /** Paths, and why each is to end: one that is newer takes its place. */
    gaveWay?: [path: string, reason: string][];
    jobs: JobState[];
    texts: Record<string, string>;
  };
  /** Of a run whose own workflow is gone: its Engines are torn down, and it is closed so. */
  left?: RunLeft;
}

/** A run: interprets the plan that PostgreSQL has for this id. */
export async function pipelineRun({ runId, opened, carried: handed, left }: RunInput): Promise<void> {
  const root = new CancellationScope();
  const context = createContext(runId, (status) => {
    upsertSearchAttributes({ PalvellaStatus: [status] });
  });
  const { book } = context;
  const parts = createParts(() => context);
  context.left = left;
  // What is left to do is little, and parts would be ended with the run.
  context.parts = left === undefined ? parts.start : undefined;
  setHandler(stateQuery, () => book.state());
  setHandler(stopSignal, ({ by }) => {
    context.stop.by = by;
    root.cancel();
  });
  setHandler(pauseChangedSignal, async () => {
    parts.pauseChanged();
    await context.pause.look();
  });
  setHandler(holdSettledSignal, ({ job }) => void context.told.add(job));
  setHandler(giveWaySignal, (asked) => context.places.giveWay(asked));
  setHandler(approvalDecidedSignal, ({ approvalId }) => {
    context.decided.add(approvalId);
    parts.approvalDecided(approvalId);
  });
  setHandler(triggerSentSignal, ({ waitId }) => {
    context.arrived.add(waitId);
    parts.triggerSent(waitId);
  });
  setHandler(resolveLostSignal, (decision) => {
    context.resolved.set(decision.job, decision);
    parts.resolveLost(decision);
  });
  const read = left !== undefined && handed === undefined;
  const carried = read ? await CancellationScope.nonCancellable(() => control.readState(runId)) : handed;
  book.countFrom(carried?.seq ?? 0);
  const run = opened ?? (await CancellationScope.nonCancellable(() => control.openRun(runId)));
  Object.assign(context, { pipeline: run.pipeline, number: run.number, trigger: run.trigger });
  context.earlier = new Map((carried?.jobs ?? run.inherited).map((job) => [job.path, job]));
  context.texts = new Map(Object.entries(handed?.texts ?? {}));
  for (const job of run.plan.jobs) register(context, job, { group: '', parent: null });
  const holds = left === undefined ? run.plan.holds : undefined;
  // One that may have to wait for its turn begins when that has come.
  if (holds === undefined || carried !== undefined) {
    book.changeRun({ status: 'running', startedAt: carried?.startedAt ?? nowIso() });
  }
  if (handed?.paused === true) await context.pause.look();
  context.places.takeOver(handed?.gaveWay ?? []);
  if (handed?.stoppedBy !== undefined) context.stop.by = handed.stoppedBy;
  if (handed?.stoppedBy !== undefined || handed?.cancelled === true || left !== undefined) root.cancel();

  const over = root.run(() => (holds === undefined ? interpret(context, run, []) : interpretHeld(context, run, holds)));
  // A condition is looked at once all that came back is in the book.
  const full = () => condition(context.gate.isAtRest).then(() => 'full' as const);
  if ((await CancellationScope.nonCancellable(() => Promise.race([over, full()]))) === 'full') {
    await continueAsNew<typeof pipelineRun>({
      runId,
      carried: { ...carry(context), ...(root.consideredCancelled ? { cancelled: true } : {}) },
      ...(left === undefined ? {} : { left }),
    });
  }
  await CancellationScope.nonCancellable(() => control.closeRun(book.state()));
}

function carry(context: RunContext): NonNullable<RunInput['carried']> {
  const { book, pause, places, stop } = context;
  const gaveWay = places.carried();
  return {
    seq: book.run.seq,
    startedAt: book.run.startedAt ?? nowIso(),
    ...(stop.by === undefined ? {} : { stoppedBy: stop.by }),
    ...(pause.isOn ? { paused: true } : {}),
    ...(gaveWay.length === 0 ? {} : { gaveWay }),
    jobs: book.jobs(),
    texts: Object.fromEntries(context.texts),
  };
}
