import type { Pool, PoolClient } from 'pg';
import type { UsedVersion } from '../../core/api/definitions.ts';
import { PalvellaError } from '../../core/errors.ts';
import type { RanIn } from '../../core/run-state.ts';
import type { NewRun } from './new-runs.ts';

/** What a run that takes over from another has of it, as it was given. */
export async function readGiven(
  at: Pool | PoolClient,
  id: string,
): Promise<Pick<NewRun, 'version' | 'parameters' | 'secretParameters' | 'trigger'> & { uses: UsedVersion[] }> {
  const { rows } = await at.query<Awaited<ReturnType<typeof readGiven>>>(
    'select version, parameters, "secretParameters", trigger, uses from runs where id = $1',
    [id],
  );
  const [row] = rows;
  if (row === undefined) throw new PalvellaError('not_found', 'The run was removed.');
  return row;
}

/** Jobs that a run takes over from another, with what their Actions were and wrote, and the files they stored. */
export async function insertInherited(
  client: PoolClient,
  run: { id: string; parentId: string },
  jobs: readonly { path: string; ranIn: RanIn }[],
): Promise<void> {
  const paths = jobs.map(({ path }) => path);
  await client.query(
    `insert into job_runs ("runId", path, position, status, seq, state)
     select $1, j.path, j.position, j.status, 0, j.state || jsonb_build_object('inherited', true, 'wait', null, 'ranIn', i."ranIn")
     from jsonb_to_recordset($3::jsonb) as i(path text, "ranIn" jsonb) join job_runs j on j.path = i.path and j."runId" = $2`,
    [run.id, run.parentId, JSON.stringify(jobs)],
  );
  await client.query(
    `insert into action_runs ("runId", "jobPath", name, position, "jobAttempt", attempt, status, state)
     select $1, "jobPath", name, position, "jobAttempt", attempt, status, state from action_runs
     where "runId" = $2 and "jobPath" = any($3)`,
    [run.id, run.parentId, paths],
  );
  await client.query(
    `insert into summaries ("runId", "jobPath", action, text, "writtenAt")
     select $1, "jobPath", action, text, "writtenAt" from summaries where "runId" = $2 and "jobPath" = any($3)`,
    [run.id, run.parentId, paths],
  );
  await client.query(
    `insert into stored_files ("runId", key, "jobPath", size, sha256, blob, "storedAt")
     select $1, key, "jobPath", size, sha256, blob, "storedAt" from stored_files
     where "runId" = $2 and "jobPath" = any($3)`,
    [run.id, run.parentId, paths],
  );
}
