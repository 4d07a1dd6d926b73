import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import type { Pool } from 'pg';
import { runWorkflowId } from '../../core/keys.ts';
import { RunState } from '../../core/run-state.ts';
import { isFinal, type Status } from '../../core/status.ts';
import type { RunRepository } from '../../prisma/repositories/runs.ts';
import type { RunStates } from './index.ts';
import { createLeftRuns } from './left-runs.ts';
import { transitionOf } from './transition-rows.ts';

/** Younger runs are still telling by themselves. */
const youngSeconds = 10;

interface OpenRun {
  id: string;
  pipeline: string;
  number: number;
  planId: string;
}

/** What became of a run's workflow, where it did not say so itself. */
type Found = { running: true; historyLength: number } | { running: false; status: Status; reason: string };

/**
 * Compares the runs that are open in the database with Temporal: a change may have been lost on its way, and operators
 * terminate and cancel workflows. Safe to repeat, and to do side by side.
 */
export function createReconciler(deps: { pool: Pool; client: Client; runs: RunRepository; states: RunStates }) {
  const { pool, client, states } = deps;
  const tearsDown = createLeftRuns(deps);
  /** Length of each run's history when it was last read. */
  const read = new Map<string, number>();

  async function reconcile(run: OpenRun): Promise<void> {
    const found = await lookUp(run);
    if (!found.running) {
      read.delete(run.id);
      if (found.status !== 'succeeded' && (await tearsDown(run, { status: found.status, reason: found.reason })))
        return;
      const last = found.status === 'succeeded' ? await ask(run) : undefined;
      return await states.close(last !== undefined && isFinal(last.status) ? last : await ended(run, found));
    }
    if (read.get(run.id) === found.historyLength) return;
    const state = await ask(run);
    if (state === undefined) return;
    // What has not begun there may have begun in a part, or on a Worker, which tell by themselves.
    const jobs = state.jobs.filter(({ status }) => status !== 'queued');
    await states.applyTransition(transitionOf({ ...state, jobs }), 'run', false);
    read.set(run.id, found.historyLength);
  }

  async function lookUp({ pipeline, number }: OpenRun): Promise<Found> {
    const handle = client.workflow.getHandle(runWorkflowId(pipeline, number));
    try {
      const { status, historyLength } = await handle.describe();
      switch (status.name) {
        case 'RUNNING':
        case 'CONTINUED_AS_NEW':
          return { running: true, historyLength };
        case 'COMPLETED':
          return { running: false, status: 'succeeded', reason: '' };
        case 'TERMINATED':
          return { running: false, status: 'stopped', reason: 'It was terminated in Temporal.' };
        case 'CANCELLED':
          return { running: false, status: 'stopped', reason: 'It was cancelled in Temporal.' };
        case 'TIMED_OUT':
          return { running: false, status: 'timed_out', reason: 'Its workflow timed out in Temporal.' };
        default:
          return { running: false, status: 'errored', reason: 'Its workflow failed; temporal workflow show says how.' };
      }
    } catch (error) {
      if (!(error instanceof WorkflowNotFoundError)) throw error;
      return { running: false, status: 'errored', reason: 'Temporal does not know this run any more.' };
    }
  }

  async function ask({ pipeline, number }: OpenRun): Promise<RunState | undefined> {
    try {
      return RunState.parse(await client.workflow.getHandle(runWorkflowId(pipeline, number)).query('state'));
    } catch {
      return undefined;
    }
  }

  /** The state as it is known, with an end. */
  async function ended({ id }: OpenRun, { status, reason }: { status: Status; reason: string }): Promise<RunState> {
    const run = await deps.runs.detail(id);
    const { rows } = await pool.query<{ seq: number }>(
      'select coalesce(max(seq), 0) as seq from job_runs where "runId" = $1',
      [id],
    );
    const endedAt = new Date().toISOString();
    const open = { status: 'stopped', wait: null, reason: null, endedAt } as const;
    return {
      runId: id,
      status,
      reason,
      seq: Math.max(run.seq, rows[0]?.seq ?? 0) + 1,
      startedAt: run.startedAt,
      endedAt,
      jobs: run.jobs.map((job) => ({
        ...job,
        ...(isFinal(job.status) ? {} : open),
        actions: job.actions.map((action) =>
          isFinal(action.status) ? action : { ...action, status: 'stopped' as const, endedAt },
        ),
      })),
    };
  }

  /** One round over all open runs; how many could not be compared. */
  return async function round(warn: (message: string, error: unknown) => void): Promise<void> {
    const { rows } = await pool.query<OpenRun>(
      `select id, pipeline, number, "planId" from runs where "endedAt" is null and submitted
       and "queuedAt" < now() - make_interval(secs => $1) order by "queuedAt"`,
      [youngSeconds],
    );
    for (const run of rows) {
      await reconcile(run).catch((error: unknown) =>
        warn(`the run ${run.pipeline}/${run.number} was not compared`, error),
      );
    }
  };
}
