import type { Client, WithWorkflowArgs, Workflow, WorkflowStartOptions } from '@temporalio/client';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { controlQueue, fairnessKey, runWorkflowId } from '../../core/keys.ts';
import type { OpenedRun } from '../../core/opened-run.ts';
import { callTemporal } from '../temporal/call.ts';
import { runSearchAttributes } from '../temporal/search-attributes.ts';
import { signalIfThere } from '../temporal/signal.ts';

interface RunName {
  pipeline: string;
  number: number;
}

type NewRun = RunName & { id: string; priority: number };

interface RunSignals {
  stop: { by: string };
  /** Only a hint to look in PostgreSQL. */
  approvalDecided: { approvalId: string };
  /** Only a hint to look in PostgreSQL. */
  pauseChanged: Record<string, never>;
  triggerSent: { waitId: string };
  resolveLost: { job: string; decision: 'repeat' | 'done' | 'fail'; by: string; action: string; attempt: number };
}

/** Runs as Temporal knows them. */
export interface RunWorkflows {
  /** A run that has started already counts as started. False where Temporal has another of its name. */
  start(run: NewRun, opened?: OpenedRun): Promise<boolean>;
  /** False where Temporal knows no such run, or it has ended. */
  signal<Name extends keyof RunSignals>(run: RunName, name: Name, argument: RunSignals[Name]): Promise<boolean>;
  /** For a run that may not have started: it starts, and sees the stop first. */
  startStopped(run: NewRun, by: string): Promise<void>;
}

export function createRunWorkflows({ client }: { client: Client }): RunWorkflows {
  const call = <Result>(work: () => Promise<Result>) => callTemporal(client, work);

  return {
    start: async (run, opened) => {
      return await call(async () => {
        try {
          await client.workflow.start('pipelineRun', options(run, opened));
          return true;
        } catch (error) {
          unlessStarted(error);
          const { memo } = await client.workflow.getHandle(runWorkflowId(run.pipeline, run.number)).describe();
          return memo?.['run'] === run.id;
        }
      });
    },
    signal: (run, name, argument) =>
      call(() => signalIfThere(client, runWorkflowId(run.pipeline, run.number), name, argument)),
    startStopped: async (run, by) => {
      await call(() =>
        client.workflow
          .signalWithStart('pipelineRun', { ...options(run), signal: 'stop', signalArgs: [{ by }] })
          .catch(unlessStarted),
      );
    },
  };
}

function options({ id, pipeline, number, priority }: NewRun, opened?: OpenedRun) {
  return {
    taskQueue: controlQueue,
    workflowId: runWorkflowId(pipeline, number),
    args: [{ runId: id, ...(opened === undefined ? {} : { opened }) }],
    memo: { run: id },
    // Its activities, its parts and the histories it goes on in inherit this.
    priority: { priorityKey: priority, fairnessKey: fairnessKey(pipeline) },
    workflowIdReusePolicy: 'REJECT_DUPLICATE',
    typedSearchAttributes: runSearchAttributes({ pipeline, number, status: 'running' }),
  } satisfies WithWorkflowArgs<Workflow, WorkflowStartOptions>;
}

function unlessStarted(error: unknown): void {
  if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
}
