import { ParentClosePolicy, startChild } from '@temporalio/workflow';
import type { RunPart } from '../activities/types.ts';
import type { JobScope } from '../core/expressions/index.ts';
import type { JsonObject } from '../core/json.ts';
import { runWorkflowId } from '../core/keys.ts';
import type { JobState } from '../core/run-state.ts';
import { isFinal } from '../core/status.ts';
import { type PartStarter, pathOf, type RunContext } from './context.ts';
import {
  approvalDecidedSignal,
  type LostDecision,
  pauseChangedSignal,
  resolveLostSignal,
  triggerSentSignal,
} from './messages.ts';

/** What a part starts with. Its plan it reads itself, in PostgreSQL. */
export interface PartInput {
  runId: string;
  part: RunPart;
  parameters: JsonObject;
  jobs: Record<string, JobScope>;
  seq: number;
  earlier: JobState[];
  texts: Record<string, string>;
  /** Keys of locks and groups; absent where what is around it has none. */
  held?: readonly string[];
  /** The run was told of a pause, which may be over since. */
  paused?: true;
  /** An earlier history was stopped, or ran out of time. */
  stopped?: true;
  /** Of an earlier history of the part: paths, and why each is to end. */
  gaveWay?: [path: string, reason: string][];
}

export interface PartResult {
  seq: number;
  jobs: JobState[];
}

type Handle = Awaited<ReturnType<typeof startChild>>;

/** The parts that a run has now; they hear what the run hears. */
export interface Parts {
  start: PartStarter;
  approvalDecided(approvalId: string): void;
  pauseChanged(): void;
  triggerSent(waitId: string): void;
  resolveLost(decision: LostDecision): void;
}

export function createParts(context: () => RunContext): Parts {
  const open = new Set<Handle>();
  let count = 0;

  const tell = (send: (handle: Handle) => Promise<void>) => {
    // One that has just ended needs to hear nothing.
    for (const handle of open) void send(handle).catch(() => undefined);
  };

  return {
    start: async (jobs, around) => {
      const { runId, pipeline, number, book, gate } = context();
      count += 1;
      const name = `${runWorkflowId(pipeline, number)}/part/${around.path}${around.path === '' ? '' : '/'}${count}`;
      const part = { group: around.path, jobs: jobs.map((job) => job.name) };
      const paths = part.jobs.map((job) => pathOf(around.path, job));
      const isOurs = (path: string) =>
        paths.some((one) => path === one || path.startsWith(`${one}/`) || path.startsWith(`${one}[`));
      const begun = book.jobs().filter(({ attempt, status }) => attempt > 0 || isFinal(status));
      const before = [...context().earlier.values()].filter(({ path }) => book.job(path) === undefined);
      const earlier = [...begun, ...before].filter(({ path }) => isOurs(path));
      const paused = context().pause.isOn;
      const input: PartInput = {
        runId,
        part,
        parameters: around.parameters,
        jobs: around.jobs,
        seq: book.run.seq,
        earlier,
        texts: {},
        ...(paused ? { paused: true as const } : {}),
        ...(around.held.length === 0 ? {} : { held: around.held }),
      };
      await gate.through(async () => {
        const handle = await startChild<(input: PartInput) => Promise<PartResult>>('pipelinePart', {
          workflowId: name,
          args: [input],
          parentClosePolicy: ParentClosePolicy.TERMINATE,
          cancellationType: 'WAIT_CANCELLATION_COMPLETED',
        });
        open.add(handle);
        // Said while it was being started.
        if (context().pause.isOn !== paused) tell((one) => one.signal(pauseChangedSignal));
        try {
          const result = (await handle.result()) as PartResult;
          book.countFrom(result.seq);
          for (const job of result.jobs) book.put(job);
        } finally {
          open.delete(handle);
        }
      });
    },
    pauseChanged: () => tell((handle) => handle.signal(pauseChangedSignal)),
    approvalDecided: (approvalId) => tell((handle) => handle.signal(approvalDecidedSignal, { approvalId })),
    triggerSent: (waitId) => tell((handle) => handle.signal(triggerSentSignal, { waitId })),
    resolveLost: (decision) => tell((handle) => handle.signal(resolveLostSignal, decision)),
  };
}
