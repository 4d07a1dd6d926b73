import type { Pool, PoolClient } from 'pg';
import type { ActionReport } from '../../core/api/worker.ts';
import type { RunState, Transition } from '../../core/run-state.ts';
import { storableJson, storableText } from '../../prisma/storable.ts';
import { transaction } from '../../prisma/transaction.ts';
import { notify } from '../events/notify.ts';
import { createRunEnd } from './run-end.ts';
import * as statements from './statements.ts';
import { actionRows, jobRows, transitionOf } from './transition-rows.ts';

/** Whose change it is: a part of a run knows its Jobs, but not how the run is. */
export type Writer = 'run' | 'part';

/**
 * The readable state of runs. Three write it: the workflow through its sink, Workers by their reports, and the end of the
 * run, which writes all of it once more. What is older than what is there changes nothing, so each may repeat itself.
 */
export interface RunStates {
  /** `whole`: the first of a run, with all Jobs of its plan in their order. */
  applyTransition(transition: Transition, writer: Writer, whole: boolean): Promise<void>;
  applyReports(reports: readonly ActionReport[]): Promise<void>;
  /** The whole final state. */
  close(state: RunState): Promise<void>;
}

export function createRunStates({ pool }: { pool: Pool }): RunStates {
  const end = createRunEnd({ pool });

  async function write(state: Transition, writer: Writer, whole: boolean): Promise<void> {
    const { runId, seq, endedAt, jobs } = state;
    const pipeline = await transaction(pool, async (client) => {
      const run = writer === 'run' ? await updateRun(client, state) : undefined;
      const held = writer === 'run' ? run?.pipeline : (await holdRuns(client, [runId])).get(runId);
      if (held === undefined) return undefined;
      if (jobs.length > 0) {
        const rows = storableJson(jobRows(jobs, whole));
        await client.query({ name: 'upsert-jobs', text: statements.upsertJobs, values: [runId, rows, seq] });
      }
      const actions = actionRows(jobs);
      if (actions.length > 0) {
        const values = [runId, storableJson(actions)];
        await client.query({ name: 'upsert-actions', text: statements.upsertActions, values });
      }
      if (endedAt !== null && writer === 'run') await withdrawApprovals(client, runId);
      if (run?.ends === true) await end(client, runId);
      return held;
    });
    if (pipeline !== undefined) await notify(pool, { kind: 'run', run: runId, pipeline });
  }

  return {
    applyTransition: write,
    close: async (state) => {
      await write(transitionOf(state), 'run', false);
      await notify(pool, { kind: 'approvals' });
    },
    applyReports: async (reports) => {
      const changed = await transaction(pool, async (client) => {
        const held = await holdRuns(client, [...new Set(reports.map(({ key }) => key.runId))]);
        const { rows } = await client.query<{ run: string }>({
          name: 'apply-reports',
          text: statements.applyReports,
          values: [storableJson(reports.map(reportRow))],
        });
        return rows.map(({ run }) => ({ run, pipeline: held.get(run) ?? '' }));
      });
      await Promise.all(changed.map((one) => notify(pool, { kind: 'run', ...one })));
    },
  };
}

async function updateRun(
  client: PoolClient,
  state: Transition,
): Promise<{ pipeline: string; ends: boolean } | undefined> {
  const { runId, seq, status, reason, startedAt, endedAt } = state;
  const { rows } = await client.query<{ pipeline: string; ends: boolean }>({
    name: 'update-run',
    text: statements.updateRun,
    values: [runId, seq, status, reason === null ? null : storableText(reason), startedAt, endedAt],
  });
  return rows[0];
}

/** Names of the Pipelines by run. */
async function holdRuns(client: PoolClient, runs: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await client.query<{ id: string; pipeline: string }>({
    name: 'hold-runs',
    text: statements.holdRuns,
    values: [runs],
  });
  return new Map(rows.map(({ id, pipeline }) => [id, pipeline]));
}

async function withdrawApprovals(client: PoolClient, runId: string): Promise<void> {
  await client.query(`update approvals set state = 'withdrawn' where "runId" = $1 and state = 'pending'`, [runId]);
}

function reportRow({ key, status, exitStatus, output, reason, startedAt, endedAt }: ActionReport) {
  const { attempt } = key;
  return {
    runId: key.runId,
    jobPath: key.jobPath,
    name: key.action,
    jobAttempt: key.jobAttempt,
    attempt,
    status,
    state: { status, exitStatus, output, reason, attempt, startedAt, endedAt },
  };
}
