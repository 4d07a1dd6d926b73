import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ActionState, JobState, Transition } from '../../core/run-state.ts';
import type { Database } from '../../prisma/database.ts';
import { runRepository } from '../../prisma/repositories/runs.ts';
import { testDatabase } from '../../test/support/database.ts';
import { createRunStates } from './index.ts';
import { transitionOf } from './transition-rows.ts';

let db: Database;
let number = 0;

beforeAll(async () => {
  db = await testDatabase();
  await db.pool.query(`insert into plans (id, body) values ('p', '{}')`);
});

async function newRun(): Promise<string> {
  const id = randomUUID();
  number += 1;
  await db.pool.query(
    `insert into runs (id, pipeline, number, version, "planId", parameters, "startedBy") values ($1, 'p', $2, 1, 'p', '{}', 'test')`,
    [id, number],
  );
  return id;
}

const at = '2026-01-01T00:00:00.000Z';

function action(fields: Partial<ActionState> = {}): ActionState {
  const none = { exitStatus: null, output: null, reason: null, startedAt: null, endedAt: null };
  return { name: 'x', type: 'run', status: 'queued', attempt: 1, ...none, ...fields };
}

function job(path: string, fields: Partial<JobState> = {}): JobState {
  const name = path.split('/').at(-1) ?? '';
  const parent = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : null;
  const none = { reason: null, wait: null, worker: null, startedAt: null, endedAt: null };
  return {
    path,
    name,
    parent,
    requires: [],
    status: 'queued',
    attempt: 0,
    inherited: false,
    output: {},
    actions: [],
    ...none,
    ...fields,
  };
}

function transition(runId: string, seq: number, jobs: JobState[], fields: Partial<Transition> = {}): Transition {
  const { jobs: changes } = transitionOf({
    runId,
    seq,
    status: 'running',
    reason: null,
    startedAt: at,
    endedAt: null,
    jobs,
  });
  return { runId, seq, status: 'running', reason: null, startedAt: at, endedAt: null, ...fields, jobs: changes };
}

const states = () => createRunStates({ pool: db.pool });
const read = (id: string) => runRepository(db.pool, '').detail(id);

describe('the readable state', () => {
  test('keeps the order of the plan, and puts what for_each made behind its Job', async () => {
    const id = await newRun();
    await states().applyTransition(
      transition(id, 1, [job('each'), job('group'), job('group/in'), job('last')]),
      'run',
      true,
    );
    const made = [2, 0, 1].map((index) => job(`each[${index}]`, { parent: 'each' }));
    await states().applyTransition(
      transition(id, 2, [...made, job('each[1]/deep', { parent: 'each[1]' })]),
      'run',
      false,
    );
    expect((await read(id)).jobs.map(({ path }) => path)).toEqual([
      'each',
      'each[0]',
      'each[1]',
      'each[1]/deep',
      'each[2]',
      'group',
      'group/in',
      'last',
    ]);
  });

  test('is of one moment, though it is read while it changes', async () => {
    const id = await newRun();
    const change = (seq: number) => {
      const actions = [action({ reason: `${seq}`, status: 'running' })];
      const now = job('a', { reason: `${seq}`, status: 'running', attempt: 1, actions });
      return states().applyTransition(transition(id, seq, [now], { reason: `${seq}` }), 'run', seq === 1);
    };
    await change(1);
    let seen = 1;
    const writes = (async () => {
      for (let seq = 2; seq <= 60; seq += 1) await change(seq);
    })();
    while (seen < 60) {
      const { seq, reason, jobs } = await read(id);
      seen = seq;
      expect([reason, jobs[0]?.reason, jobs[0]?.actions[0]?.reason]).toEqual(Array(3).fill(`${seq}`));
    }
    await writes;
  });

  test('takes only what is newer, in whatever order it comes', async () => {
    const id = await newRun();
    await states().applyTransition(transition(id, 5, [job('a', { status: 'succeeded', attempt: 1 })]), 'run', true);
    await states().applyTransition(transition(id, 3, [job('a', { status: 'running', attempt: 1 })]), 'run', false);
    const run = await read(id);
    expect(run.seq).toBe(5);
    expect(run.jobs[0]?.status).toBe('succeeded');
  });

  test('a Worker says when the first Action began; the workflow does not take that back', async () => {
    const id = await newRun();
    const queued = job('a', {
      attempt: 1,
      wait: { kind: 'worker', engine: 'local', requires: {} },
      actions: [action()],
    });
    await states().applyTransition(transition(id, 1, [queued]), 'run', true);
    const key = { runId: id, jobPath: 'a', jobAttempt: 1, action: 'x', attempt: 1 };
    const report = {
      key,
      type: 'run',
      status: 'running',
      exitStatus: null,
      output: null,
      reason: null,
      startedAt: at,
      endedAt: null,
    } as const;
    await states().applyReports([report]);
    expect((await read(id)).jobs[0]).toMatchObject({ status: 'running', wait: null, actions: [{ status: 'running' }] });
    await states().applyTransition(transition(id, 2, [queued]), 'run', false);
    expect((await read(id)).jobs[0]).toMatchObject({ status: 'running', actions: [{ status: 'running' }] });
  });

  test('a late report changes nothing: of an older try, of what has ended, of what nobody knows', async () => {
    const id = await newRun();
    const done = job('a', {
      status: 'running',
      attempt: 2,
      actions: [action({ status: 'succeeded', attempt: 2, exitStatus: 0 })],
    });
    await states().applyTransition(transition(id, 1, [done]), 'run', true);
    const late = (jobAttempt: number, attempt: number, jobPath = 'a') => ({
      key: { runId: id, jobPath, jobAttempt, action: 'x', attempt },
      type: 'run',
      status: 'failed' as const,
      exitStatus: 1,
      output: null,
      reason: 'late',
      startedAt: at,
      endedAt: at,
    });
    await states().applyReports([late(1, 1), late(2, 1), late(2, 2), late(2, 1, 'nobody')]);
    expect((await read(id)).jobs[0]?.actions[0]).toMatchObject({ status: 'succeeded', attempt: 2, exitStatus: 0 });
  });

  test('is written whatever a command, an expression or a server gave', async () => {
    const id = await newRun();
    const bad = 'a\0\ud800';
    const actions = [action({ status: 'failed', reason: bad, output: { [bad]: bad } })];
    const jobs = [job('a', { status: 'failed', attempt: 1, reason: bad, output: { x: [bad] }, actions, endedAt: at })];
    await states().applyTransition(transition(id, 1, [job('a', { attempt: 1, actions: [action()] })]), 'run', true);
    await states().applyReports([
      {
        key: { runId: id, jobPath: 'a', jobAttempt: 1, action: 'x', attempt: 1 },
        type: 'run',
        status: 'running',
        exitStatus: null,
        output: { [bad]: bad },
        reason: bad,
        startedAt: at,
        endedAt: null,
      },
    ]);
    await states().close(transition(id, 2, jobs, { status: 'failed', reason: bad, endedAt: at }));
    const good = 'a\uFFFD\uFFFD';
    expect(await read(id)).toMatchObject({
      status: 'failed',
      reason: good,
      jobs: [{ reason: good, output: { x: [good] }, actions: [{ reason: good, output: { [good]: good } }] }],
    });
  });

  test('a run that has ended stays so, and nobody is asked any more', async () => {
    const id = await newRun();
    await db.pool.query(
      `insert into approvals (id, "runId", "jobPath", "jobAttempt", action, prompt, roles, quorum) values ($1, $2, 'a', 1, 'x', 'Sure?', '{}', 1)`,
      [randomUUID(), id],
    );
    await states().close(
      transition(id, 4, [job('a', { status: 'stopped', endedAt: at })], { status: 'stopped', endedAt: at }),
    );
    await states().applyTransition(transition(id, 9, [], { status: 'running' }), 'run', false);
    expect(await read(id)).toMatchObject({ status: 'stopped', endedAt: at });
    const { rows } = await db.pool.query('select state from approvals where "runId" = $1', [id]);
    expect(rows).toEqual([{ state: 'withdrawn' }]);
  });

  test('reports and transitions side by side never wait for one another', async () => {
    const ids = await Promise.all(Array.from({ length: 4 }, newRun));
    const paths = Array.from({ length: 20 }, (_, at) => `j${at}`);
    for (const id of ids) {
      const jobs = paths.map((path) => job(path, { attempt: 1, actions: [action()] }));
      await states().applyTransition(transition(id, 1, jobs), 'run', true);
    }
    const reportsOf = (id: string, order: readonly string[]) =>
      order.map((jobPath) => ({
        key: { runId: id, jobPath, jobAttempt: 1, action: 'x', attempt: 1 },
        type: 'run',
        status: 'running' as const,
        exitStatus: null,
        output: null,
        reason: null,
        startedAt: at,
        endedAt: null,
      }));
    const writes = Array.from({ length: 30 }, (_, turn) => {
      const id = ids[turn % ids.length] ?? '';
      const order = turn % 2 === 0 ? paths : paths.toReversed();
      const jobs = order.map((path) =>
        job(path, { status: 'running', attempt: 1, actions: [action({ status: 'running' })] }),
      );
      return turn % 3 === 0
        ? states().applyReports(ids.flatMap((one) => reportsOf(one, order)))
        : states().applyTransition(transition(id, 2 + turn, jobs), 'run', false);
    });
    await expect(Promise.all(writes)).resolves.toBeDefined();
  });
});
