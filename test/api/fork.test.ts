import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { readRun } from '../../activities/control/open-run.ts';
import type { ForkPlan, Relatives } from '../../core/api/forks.ts';
import type { RunDetail, RunSummary } from '../../core/api/objects.ts';
import type { JsonObject } from '../../core/json.ts';
import type { Status } from '../../core/status.ts';
import { createSetting, type Setting } from './setting.ts';

const source = (b: string) => `kind: Pipeline
name: ship
parameters:
  - { name: to, type: string, options: [nonprod, prod], default: nonprod }
  - { name: count, type: number, default: 1 }
  - { name: password, type: string, default: none, secret: true }
jobs:
  - { name: a, actions: [{ run: 'true' }] }
  - { name: b, requires: [a], actions: [{ run: '${b}' }] }
  - { name: c, requires: [b], actions: [{ run: 'true' }] }
`;

let setting: Setting;
beforeAll(async () => {
  setting = await createSetting({ temporal: true });
  await setting.apply(source('true'));
});

/** A run that has ended so, as its workflow would have written it, each Job with an output and a file. */
async function endedRun(
  jobs: Record<string, Status>,
  parameters: JsonObject = {},
  pipeline = 'ship',
): Promise<RunSummary> {
  const { body: run } = await setting.call<RunSummary>('POST', `/pipelines/${pipeline}/runs`, { parameters });
  const { pool } = setting.db;
  for (const [position, [path, status]] of Object.entries(jobs).entries()) {
    const state = { path, name: path, parent: null, requires: [], status, reason: null, wait: null, attempt: 1 };
    const rest = { inherited: false, worker: 'w', output: { of: path }, startedAt: null, endedAt: null };
    await pool.query(
      'insert into job_runs ("runId", path, position, status, seq, state) values ($1, $2, $3, $4, 1, $5)',
      [run.id, path, position, status, { ...state, ...rest }],
    );
    await setting.services.files.put({ runId: run.id, key: `file-${path}`, jobPath: path }, content(`of ${path}`));
    await setting.services.summaries.put({ runId: run.id, jobPath: path, action: 'run', text: `# ${path}` });
  }
  await pool.query(`update runs set status = 'succeeded', "endedAt" = now(), seq = 1 where id = $1`, [run.id]);
  return run;
}

async function* content(text: string): AsyncIterable<Uint8Array> {
  yield await Promise.resolve(Buffer.from(text));
}

const well = { a: 'succeeded', b: 'succeeded', c: 'succeeded' } as const;
const key = (run: RunSummary) => `${run.pipeline}/${run.number}`;
const fork = async (run: RunSummary, body: object, headers = {}) =>
  (await setting.call<RunSummary>('POST', `/runs/${run.id}/fork`, body, headers)).body;
const opened = (run: RunSummary) => readRun(setting.db.pool, run.id, undefined);
const countRuns = async () =>
  (await setting.db.pool.query<{ n: number }>('select count(*)::int n from runs')).rows[0]?.n ?? -1;

/** Refused so, and nothing is saved. */
async function refused(run: RunSummary, body: object) {
  const before = await countRuns();
  const problem = await setting.refused('POST', `/runs/${run.id}/fork`, body);
  expect(await countRuns()).toBe(before);
  return problem;
}

describe('a fork', () => {
  test('begins with the outputs, files and summaries of what is before its Job, and with nothing else', async () => {
    const run = await endedRun(well, { count: 7 });
    const next = await fork(run, { from: 'b' });
    expect(next).toMatchObject({
      forkOf: key(run),
      forkFrom: 'b',
      retryOf: null,
      parameters: { to: 'nonprod', count: 7 },
      startedBy: 'local/admin',
    });
    const { inherited } = await opened(next);
    expect(inherited).toMatchObject([{ path: 'a', inherited: true, status: 'succeeded', output: { of: 'a' } }]);
    const { body: files } = await setting.call<{ items: { key: string }[] }>('GET', `/runs/${next.id}/files`);
    expect(files.items.map((file) => file.key)).toEqual(['file-a']);
    const { body: summaries } = await setting.call<object>('GET', `/runs/${next.id}/summaries`);
    expect(summaries).toMatchObject({ items: [{ jobPath: 'a', action: 'run', size: 3 }] });
  });

  test('with other parameters keeps the rest, and says of each Job what was other where it ran', async () => {
    const run = await endedRun(well, { count: 7 });
    const next = await fork(run, { from: 'c', parameters: { to: 'prod' } });
    expect(next.parameters).toMatchObject({ to: 'prod', count: 7 });
    const ranIn = { run: key(run), version: run.version, parameters: { to: 'nonprod' } };
    expect((await opened(next)).inherited).toMatchObject([
      { path: 'a', ranIn },
      { path: 'b', ranIn },
    ]);
  });

  test('of a fork says where a Job really ran', async () => {
    const run = await endedRun(well);
    const second = await fork(run, { from: 'b', parameters: { to: 'prod' } });
    await setting.db.pool.query(`update runs set status = 'failed', "endedAt" = now() where id = $1`, [second.id]);
    const third = await fork(second, { from: 'b', parameters: { count: 3 } });
    expect((await opened(third)).inherited).toMatchObject([
      { path: 'a', ranIn: { run: key(run), parameters: { to: 'nonprod', count: 1 } } },
    ]);
    const { body } = await setting.call<Relatives>('GET', `/runs/${second.id}/relatives`);
    expect(body.ancestors.map(({ run: name, by, forkFrom }) => [name, by, forkFrom])).toEqual([
      [key(run), null, null],
      [key(second), 'fork', 'b'],
    ]);
    expect(body.children).toMatchObject([{ run: key(third), by: 'fork', forkFrom: 'b', status: 'queued' }]);
  });

  test('carries priority and trigger, and can begin anew', async () => {
    const run = await endedRun(well);
    await setting.db.pool.query(`update runs set priority = 1, trigger = '{"ref": "main"}' where id = $1`, [run.id]);
    const next = await fork(run, {});
    expect(next).toMatchObject({ priority: 1, forkFrom: null });
    expect(await opened(next)).toMatchObject({ trigger: { ref: 'main' }, inherited: [] });
  });

  test('is one for one idempotency key', async () => {
    const run = await endedRun(well);
    const headers = { 'idempotency-key': `fork ${run.id}` };
    const once = () => fork(run, { from: 'b', parameters: { count: 2 } }, headers);
    const both = await Promise.all([once(), once(), once()]);
    expect(new Set(both.map(({ id }) => id)).size).toBe(1);
    const other = await setting.refused('POST', `/runs/${run.id}/fork`, { from: 'c' }, headers);
    expect(other).toMatchObject({ status: 409 });
  });

  test('keeps a secret parameter that is not changed, and shows none to anybody', async () => {
    const run = await endedRun(well, { password: 'hunter2' });
    const next = await fork(run, { from: 'b' });
    const changed = await fork(run, { from: 'b', parameters: { password: 'swordfish' } });
    expect(await opened(next)).toMatchObject({ parameters: { password: 'hunter2' } });
    expect(await opened(changed)).toMatchObject({ parameters: { password: 'swordfish' } });
    for (const path of [
      `/runs/${run.id}`,
      `/runs/${next.id}`,
      `/runs/${changed.id}`,
      `/runs/${run.id}/fork?from=b`,
      '/runs',
      '/pipelines/ship',
    ]) {
      const text = JSON.stringify((await setting.call('GET', path)).body);
      expect(text).not.toMatch(/hunter2|swordfish/);
    }
    expect(JSON.stringify([run, next, changed])).not.toMatch(/hunter2|swordfish/);
    const { jobs } = (await setting.call<RunDetail>('GET', `/runs/${changed.id}`)).body;
    expect(jobs.find(({ path }) => path === 'a')?.ranIn?.parameters).toEqual({ password: '***' });
  });

  test('is of a run that has ended, from a Job that there is', async () => {
    const { body: open } = await setting.call<RunSummary>('POST', '/pipelines/ship/runs', { parameters: {} });
    expect(await refused(open, {})).toMatchObject({ status: 409, detail: expect.stringContaining('not ended') });
    const run = await endedRun(well);
    expect(await refused(run, { from: 'B' })).toMatchObject({ status: 404, detail: expect.stringContaining('"b"') });
    expect(await refused(run, { from: 'b', parameters: { to: 'moon', cuont: 1 } })).toMatchObject({
      status: 400,
      problems: [{ path: 'parameters.cuont' }, { path: 'parameters.to' }],
    });
    expect(await refused(run, { from: 'b', version: 'oldest' })).toMatchObject({ status: 400 });
  });
});

describe('a fork whose beginning is gone', () => {
  test('is refused where a Job before did not end well, with its name', async () => {
    const run = await endedRun({ a: 'succeeded', b: 'failed', c: 'blocked' });
    expect(await refused(run, { from: 'c' })).toMatchObject({
      status: 409,
      problems: [{ path: 'b', message: `It did not end well in ${key(run)}: failed.` }],
      remedy: expect.stringContaining('earlier'),
    });
    const { body } = await setting.call<ForkPlan>('GET', `/runs/${run.id}/fork?from=c`);
    expect(body.problems).toMatchObject([{ path: 'b' }]);
    expect(body.jobs.map(({ path, does }) => [path, does])).toEqual([
      ['a', 'taken'],
      ['b', 'gone'],
      ['c', 'runs'],
    ]);
  });

  test('is refused where the result of a Job was removed', async () => {
    const run = await endedRun(well);
    await setting.db.pool.query(`delete from job_runs where "runId" = $1 and path = 'a'`, [run.id]);
    expect(await refused(run, { from: 'c' })).toMatchObject({
      problems: [{ path: 'a', message: `${key(run)} has no result of it.` }],
    });
  });

  test('is refused where a file is gone from the storage, with its key', async () => {
    const run = await endedRun(well);
    const { rows } = await setting.db.pool.query<{ blob: string }>(
      `select blob from stored_files where "runId" = $1 and key = 'file-b'`,
      [run.id],
    );
    const blobs = join(setting.dataDir, 'blobs');
    const found = readdirSync(blobs, { recursive: true, encoding: 'utf8' }).find((path) =>
      path.endsWith(rows[0]?.blob ?? '?'),
    );
    rmSync(join(blobs, found ?? '?'));
    expect(await refused(run, { from: 'c' })).toMatchObject({
      status: 409,
      problems: [{ path: 'b', message: expect.stringContaining('file-b') as unknown }],
    });
    expect(await fork(run, { from: 'b' })).toMatchObject({ status: 'queued' });
  });
});

describe('a fork with the newest version', () => {
  test('runs it, says what was written otherwise, and needs all that is before its Job there', async () => {
    const run = await endedRun(well);
    await setting.apply(source('false'));
    const { body: plan } = await setting.call<ForkPlan>('GET', `/runs/${run.id}/fork?from=c&version=newest`);
    expect(plan).toMatchObject({ ranVersion: run.version, version: run.version + 1, newestVersion: run.version + 1 });
    expect(plan.jobs.map(({ path, changed }) => [path, changed])).toEqual([
      ['a', false],
      ['b', true],
      ['c', false],
    ]);
    expect(await fork(run, { from: 'c', version: 'newest' })).toMatchObject({ version: run.version + 1 });
    expect(await fork(run, { from: 'c' })).toMatchObject({ version: run.version });
    await setting.apply(
      source('false').replace('requires: [b], ', 'requires: [b, new], ') +
        `  - { name: new, actions: [{ run: 'true' }] }\n`,
    );
    expect(await refused(run, { from: 'c', version: 'newest' })).toMatchObject({ problems: [{ path: 'new' }] });
  });

  test('drops parameters that it does not take, and asks for new ones', async () => {
    await setting.apply(
      `name: changes\nparameters: [{ name: old, type: string }]\njobs: [{ name: a, actions: [{ run: 'true' }] }]\n`,
    );
    const run = await endedRun({ a: 'succeeded' }, { old: 'x' }, 'changes');
    await setting.apply(
      `name: changes\nparameters: [{ name: new, type: string }]\njobs: [{ name: a, actions: [{ run: 'true' }] }]\n`,
    );
    const { body } = await setting.call<ForkPlan>('GET', `/runs/${run.id}/fork?version=newest`);
    expect(body).toMatchObject({ dropped: ['old'], params: [{ name: 'new' }], parameters: {} });
    expect(await refused(run, { version: 'newest' })).toMatchObject({ problems: [{ path: 'parameters.new' }] });
    expect(await fork(run, { version: 'newest', parameters: { new: 'y' } })).toMatchObject({
      parameters: { new: 'y' },
    });
    await setting.call('DELETE', '/definitions/Pipeline/changes');
    expect(await refused(run, { version: 'newest' })).toMatchObject({ status: 404 });
    expect(await fork(run, {})).toMatchObject({ parameters: { old: 'x' } });
  });

  test('never takes over an approval', async () => {
    await setting.apply(`name: holds
jobs:
  - { name: a, actions: [{ run: 'true' }] }
  - { name: ask, requires: [a], actions: [{ approval: { prompt: Sure? } }] }
  - { name: b, requires: [ask], actions: [{ run: 'true' }] }
`);
    const run = await endedRun({ a: 'succeeded', ask: 'succeeded', b: 'failed' }, {}, 'holds');
    const next = await fork(run, { from: 'b' });
    expect((await opened(next)).inherited.map(({ path }) => path)).toEqual(['a']);
  });
});
