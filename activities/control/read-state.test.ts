import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import type { JobState } from '../../core/run-state.ts';
import { createRunStates } from '../../platform/run-state/index.ts';
import type { Database } from '../../prisma/database.ts';
import { testDatabase } from '../../test/support/database.ts';
import { readState } from './read-state.ts';

const at = '2026-01-01T00:00:00.000Z';
let db: Database;

beforeAll(async () => {
  db = await testDatabase();
  await db.pool.query(`insert into plans (id, body) values ('p', '{}')`);
});

function job(path: string, fields: Partial<JobState>): JobState {
  const none = { reason: null, wait: null, worker: null, startedAt: null, endedAt: null, output: {}, actions: [] };
  const about = { path, name: path, parent: null, requires: [], inherited: false };
  return { ...about, status: 'queued', attempt: 0, ...none, ...fields };
}

test('of a run whose workflow is gone a claim tells more than a state that was lost on its way', async () => {
  const runId = randomUUID();
  await db.pool.query(
    `insert into runs (id, pipeline, number, version, "planId", parameters, "startedBy") values ($1, 'p', 1, 1, 'p', '{}', 'test')`,
    [runId],
  );
  const jobs = [
    job('told', { status: 'running', attempt: 1, worker: 'w1', startedAt: at }),
    job('lost', {}),
    job('moved', { status: 'running', attempt: 1, worker: 'w1', startedAt: at }),
    job('never', {}),
  ];
  const told = { runId, seq: 7, status: 'running', reason: null, startedAt: at, endedAt: null, jobs } as const;
  await createRunStates(db).applyTransition({ ...told, jobs: [...jobs] as never }, 'run', true);
  await db.pool.query(
    `insert into claims ("runId", "jobPath", "jobAttempt", "workerId", "claimedAt")
     select $1, path, attempt, worker, $2 from (values ('told', 1, 'w1'), ('lost', 1, 'w2'), ('moved', 1, 'w1'), ('moved', 2, 'w3'))
       as c(path, attempt, worker)`,
    [runId, at],
  );
  const state = await readState(db.pool, runId);
  expect([state.seq, state.startedAt]).toEqual([7, at]);
  expect(state.jobs.map(({ path, attempt, worker, startedAt }) => [path, attempt, worker, startedAt])).toEqual([
    ['told', 1, 'w1', at],
    ['lost', 1, 'w2', at],
    ['moved', 2, 'w3', at],
    ['never', 0, null, null],
  ]);
});
