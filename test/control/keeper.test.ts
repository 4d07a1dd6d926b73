import { beforeAll, expect, test } from 'vitest';
import type { Want } from '../../core/holds.ts';
import { controlQueue, holdKeeperId } from '../../core/keys.ts';
import { createHolds } from '../../platform/holds/index.ts';
import { openTemporal } from '../../platform/temporal/client.ts';
import { uuid7 } from '../../prisma/uuid7.ts';
import { type ControlSetting, createControlSetting } from './setting.ts';

let setting: ControlSetting;
const runs = Array.from({ length: 100 }, () => uuid7());

beforeAll(async () => {
  setting = await createControlSetting();
  const { pool } = setting.db;
  await pool.query(`insert into plans (id, body) values ('p', '{"jobs": []}')`);
  for (const [index, id] of runs.entries()) {
    await pool.query(
      `insert into runs (id, pipeline, number, version, "planId", parameters, "startedBy") values ($1, 'x', $2, 1, 'p', '{}', 'test')`,
      [id, index + 1],
    );
  }
});

const lock = (name: string): Want => ({ kind: 'lock', name });

/** Asks as a run does, whose workflow is not there to be told. */
async function ask(runId: string, jobPath: string, ...wants: Want[]): Promise<string> {
  const asking = { runId, jobPath, workflowId: `none/${runId}`, wants, byPriority: false };
  return (await setting.control.holds.ask(asking)).state;
}

async function granted(runId: string, jobPath: string): Promise<void> {
  const text = `select from holds where "runId" = $1 and "jobPath" = $2 and state = 'granted'`;
  for (;;) {
    if ((await setting.db.pool.query(text, [runId, jobPath])).rows.length > 0) return;
    await new Promise((done) => setTimeout(done, 2));
  }
}

const rounds = 500;
const atOnce = 20;

/** As many ask, and give back, as come in one moment on a busy server. */
async function round(number: number): Promise<void> {
  const { pool } = setting.db;
  const { rows } = await pool.query<{ id: number }>(
    `insert into holds ("runId", "jobPath", "workflowId", wants, keys, rank, since)
     select $1, 'j' || n, 'none', jsonb_build_array(jsonb_build_object('kind', 'lock', 'name', 'of-' || n)),
       array['lock:of-' || n], 3, now() from generate_series(1, $2::int) n returning id`,
    [runs[number % runs.length], atOnce],
  );
  const ids = rows.map(({ id }) => id);
  await tell(ids);
  for (;;) {
    const { rowCount } = await pool.query(`select from holds where id = any($1) and state = 'granted'`, [ids]);
    if (rowCount === atOnce) break;
    await new Promise((done) => setTimeout(done, 5));
  }
  await pool.query('delete from holds where id = any($1)', [ids]);
  await tell(ids);
}

async function tell(ids: number[]): Promise<void> {
  await setting.client.workflow.signalWithStart('holdKeeper', {
    taskQueue: controlQueue,
    workflowId: holdKeeperId,
    args: [],
    signal: 'holdsChanged',
    signalArgs: [ids],
  });
}

test('one that gave 10,000 times has a short history, and those still in line their place', {
  timeout: 600_000,
}, async () => {
  const [holder, ...others] = runs as [string, ...string[]];
  const waiting = others.slice(0, 10);
  await ask(holder, 'holds', lock('kept'), lock('also'));
  await granted(holder, 'holds');
  for (const run of waiting) await ask(run, 'waits', lock('kept'));
  for (let number = 0; number < rounds; number += 1) await round(number);
  let histories = 0;
  for await (const { historyLength } of setting.client.workflow.list({ query: `WorkflowId = '${holdKeeperId}'` })) {
    histories += 1;
    expect(historyLength).toBeLessThan(1_500);
  }
  expect(histories).toBeGreaterThan(3);
  let before = { runId: holder, jobPath: 'holds' };
  for (const run of waiting) {
    await setting.control.holds.release(before);
    before = { runId: run, jobPath: 'waits' };
    await granted(run, 'waits');
    const text = `select from holds where 'lock:kept' = any(keys) and state = 'granted'`;
    expect((await setting.db.pool.query(text)).rows).toHaveLength(1);
  }
  await setting.control.holds.release(before);
});

test('what is given back while the keeper cannot be told is given to the next, by whoever comes after', async () => {
  const [first, second, third, fourth] = runs as [string, string, string, string];
  const nowhere = openTemporal({ address: setting.temporalAddress, namespace: 'nowhere' });
  const away = createHolds({ pool: setting.db.pool, client: nowhere.client });
  for (const run of [first, second, third, fourth]) await ask(run, 'away', lock('y'));
  await granted(first, 'away');
  // The same once more, as an activity is tried again; by force, and by a control worker that does not come back.
  await expect(away.release({ runId: first, jobPath: 'away' })).rejects.toThrow();
  await setting.control.holds.release({ runId: first, jobPath: 'away' });
  await granted(second, 'away');
  await expect(away.releaseByForce('y')).rejects.toThrow();
  await setting.control.handOverHolds();
  await granted(third, 'away');
  await expect(away.release({ runId: third, jobPath: 'away' })).rejects.toThrow();
  await setting.control.handOverHolds();
  await granted(fourth, 'away');
  for (const run of [second, fourth]) await setting.control.holds.release({ runId: run, jobPath: 'away' });
  await nowhere.close();
});

test('the same asked and given back twice is one, and what is unknown is nobody’s', async () => {
  const [one, other] = runs as [string, string];
  expect(await ask(one, 'a', lock('x'))).toBe('waiting');
  await granted(one, 'a');
  await expect.poll(() => ask(one, 'a', lock('x'))).toBe('granted');
  await ask(other, 'a', lock('x'));
  await ask(other, 'a', lock('x'));
  for (let times = 0; times < 2; times += 1) await setting.control.holds.release({ runId: one, jobPath: 'a' });
  await granted(other, 'a');
  await setting.control.holds.release({ runId: uuid7(), jobPath: 'a' });
  await setting.control.holds.release({ runId: other, jobPath: 'a' });
  expect(await ask(uuid7(), 'a', lock('x'))).toBe('ended');
  expect((await setting.db.pool.query('select from holds')).rows).toEqual([]);
});
