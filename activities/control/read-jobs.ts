import type { Pool } from 'pg';
import type { ActionState, JobState } from '../../core/run-state.ts';

/** Jobs of a run as they are known, in the order of its plan; only those that it took over where asked. */
export async function readJobs(pool: Pool, runId: string, which: 'all' | 'inherited'): Promise<JobState[]> {
  const jobs = await pool.query<{ path: string; state: Omit<JobState, 'actions'> }>(
    `select path, state from job_runs where "runId" = $1 and ($2 = 'all' or (state->>'inherited')::boolean)
     order by position, path`,
    [runId, which],
  );
  const actions = await pool.query<{ jobPath: string; state: ActionState }>(
    'select "jobPath", state from action_runs where "runId" = $1 order by "jobPath", position',
    [runId],
  );
  const byJob = Map.groupBy(actions.rows, ({ jobPath }) => jobPath);
  return jobs.rows.map(({ path, state }) => ({ ...state, actions: (byJob.get(path) ?? []).map((row) => row.state) }));
}
