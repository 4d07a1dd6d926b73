import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { PipelineSummary, RunDetail, RunSummary } from '../../core/api/objects.ts';
import { runWorkflowId } from '../../core/keys.ts';
import { openTemporal } from '../../platform/temporal/client.ts';
import { createSetting, type Setting, url } from './setting.ts';

let setting: Setting;
beforeAll(async () => {
  setting = await createSetting({ temporal: true });
  await setting.apply(`kind: Pipeline
name: hello
parameters:
  - { name: whom, type: string, default: world }
  - { name: count, type: number, default: 1 }
jobs:
  - { name: a, actions: [{ run: 'true' }] }
  - { name: b, requires: [a], actions: [{ run: 'true' }] }
---
kind: Job
name: alone
params: [{ name: must, type: boolean }]
actions: [{ run: 'true' }]
`);
});

async function start(parameters: object = {}, key?: string, pipeline = 'hello'): Promise<RunSummary> {
  const headers: Record<string, string> = key === undefined ? {} : { 'idempotency-key': key };
  const { status, body } = await setting.call<RunSummary>(
    'POST',
    `/pipelines/${pipeline}/runs`,
    { parameters },
    headers,
  );
  expect(status).toBe(201);
  return body;
}

/** As the workflow would have written it. */
async function write(run: RunSummary, status: string, jobs: Record<string, string> = {}): Promise<void> {
  const { pool } = setting.db;
  const ended = ['queued', 'running', 'waiting'].includes(status) ? null : new Date();
  await pool.query('update runs set status = $2, "endedAt" = $3, seq = seq + 1 where id = $1', [run.id, status, ended]);
  for (const [position, [path, jobStatus]] of Object.entries(jobs).entries()) {
    const state = { path, name: path, parent: null, requires: [], status: jobStatus, reason: null, wait: null };
    const rest = { attempt: 1, inherited: false, worker: 'w', output: { of: path }, startedAt: null, endedAt: null };
    await pool.query(
      'insert into job_runs ("runId", path, position, status, seq, state) values ($1, $2, $3, $4, 1, $5)',
      [run.id, path, position, jobStatus, { ...state, ...rest }],
    );
    const action = { name: 'run', type: 'run', status: jobStatus, exitStatus: 0, output: {}, reason: null, attempt: 1 };
    await pool.query(
      `insert into action_runs ("runId", "jobPath", name, position, "jobAttempt", attempt, status, state)
       values ($1, $2, 'run', 0, 1, 1, $3, $4)`,
      [run.id, path, jobStatus, { ...action, startedAt: null, endedAt: null }],
    );
    await pool.query(
      `insert into stored_files ("runId", key, "jobPath", size, sha256, blob) values ($1, $2, $2, 1, 'x', 'blob')`,
      [run.id, path],
    );
  }
  await pool.query(`select pg_notify('palvella', $1)`, [
    JSON.stringify({ kind: 'run', run: run.id, pipeline: run.pipeline }),
  ]);
}

async function workflow({ pipeline, number }: RunSummary) {
  const { client, close } = openTemporal({ address: setting.temporalAddress, namespace: 'default' });
  const handle = client.workflow.getHandle(runWorkflowId(pipeline, number));
  const [described, { events }] = await Promise.all([handle.describe(), handle.fetchHistory()]);
  await close();
  const signals = (events ?? []).flatMap(({ workflowExecutionSignaledEventAttributes: signal }) =>
    signal ? [[signal.signalName, JSON.parse(Buffer.from(signal.input?.payloads?.[0]?.data ?? []).toString())]] : [],
  );
  return { described, signals };
}

async function isSubmitted({ id }: RunSummary): Promise<void> {
  const read = async () => (await setting.db.pool.query('select submitted from runs where id = $1', [id])).rows;
  await expect.poll(read).toEqual([{ submitted: true }]);
}

async function countRuns(): Promise<number> {
  return (await setting.db.pool.query<{ n: number }>('select count(*)::int n from runs')).rows[0]?.n ?? -1;
}

describe('a start', () => {
  test('is a row and a workflow, with all that a client wants to know', async () => {
    const run = await start({ whom: 'you' });
    expect(run).toMatchObject({
      pipeline: 'hello',
      status: 'queued',
      url: `${url}/runs/hello/${run.number}`,
      parameters: { whom: 'you', count: 1 },
      startedBy: 'local/admin',
      version: 1,
      retryOf: null,
      wait: null,
    });
    const { described } = await workflow(run);
    expect(described).toMatchObject({ type: 'pipelineRun', taskQueue: 'control' });
    expect(described.searchAttributes).toMatchObject({ PalvellaPipeline: ['hello'], PalvellaNumber: [run.number] });
    await isSubmitted(run);
  });

  test('goes to Temporal with its priority, and with its Pipeline as what shares are fair by', async () => {
    await setting.apply(`kind: Pipeline\nname: urgent\npriority: 2\njobs: [{ name: a, actions: [{ run: 'true' }] }]\n`);
    const begin = async (body: object) => (await setting.call<RunSummary>('POST', '/pipelines/urgent/runs', body)).body;
    const runs = [await begin({}), await begin({ priority: 5 }), await start()];
    expect(runs.map(({ priority }) => priority)).toEqual([2, 5, 3]);
    const told = await Promise.all(runs.map(async (run) => (await workflow(run)).described.priority));
    expect(told).toMatchObject([
      { priorityKey: 2, fairnessKey: 'urgent' },
      { priorityKey: 5, fairnessKey: 'urgent' },
      { priorityKey: 3, fairnessKey: 'hello' },
    ]);
    const refused = await setting.refused('POST', '/pipelines/urgent/runs', { priority: 6 });
    expect(refused).toMatchObject({ status: 400, detail: expect.stringContaining('body.priority') as unknown });
  });

  test('whose name another server has in the same namespace ends with that reason, and holds nobody up', async () => {
    const next = (await start()).number + 1;
    const { client, close } = openTemporal({ address: setting.temporalAddress, namespace: 'default' });
    await client.workflow.start('pipelineRun', {
      taskQueue: 'control',
      workflowId: runWorkflowId('hello', next),
      args: [{ runId: 'of another server' }],
    });
    await close();
    const run = await start();
    expect(run.number).toBe(next);
    const { body } = await setting.call<RunDetail>('GET', `/runs/${run.id}`);
    expect(body).toMatchObject({ status: 'errored', reason: expect.stringContaining('TEMPORAL_NAMESPACE') as unknown });
    expect((await start()).status).toBe('queued');
  });

  test('with one key, at the same time and again, is one run', async () => {
    const before = await countRuns();
    const runs = await Promise.all(Array.from({ length: 10 }, () => start({ count: 2 }, 'once')));
    expect(new Set(runs.map(({ id }) => id)).size).toBe(1);
    expect((await start({ whom: 'world', count: 2 }, 'once')).id).toBe(runs[0]?.id);
    expect(await countRuns()).toBe(before + 1);
  });

  test("one identity's key is never another's, however their names go on", async () => {
    const tokens = await Promise.all(
      ['ci', 'ci nightly'].map((name) => setting.call<{ token: string }>('POST', '/tokens', { name })),
    );
    const [short, long] = tokens.map(({ body }) => `Bearer ${body.token}`) as [string, string];
    const startAs = async (authorization: string, key: string) => {
      const headers = { authorization, 'idempotency-key': key };
      return (await setting.call<RunSummary>('POST', '/pipelines/hello/runs', {}, headers)).body;
    };
    expect((await startAs(short, 'nightly 1')).id).not.toBe((await startAs(long, '1')).id);
  });

  test('with a key that started something else is refused', async () => {
    await start({ whom: 'a' }, 'taken');
    const headers = { 'idempotency-key': 'taken' };
    const refuse = (pipeline: string, parameters: object) =>
      setting.refused('POST', `/pipelines/${pipeline}/runs`, { parameters }, headers);
    expect(await refuse('hello', { whom: 'b' })).toMatchObject({ status: 409, code: 'conflict' });
    expect(await refuse('hello', {})).toMatchObject({ status: 409 });
    expect(await refuse('alone', { must: true })).toMatchObject({ status: 409 });
    expect(
      await setting.refused('POST', '/pipelines/hello/runs', {}, { 'idempotency-key': 'x'.repeat(201) }),
    ).toMatchObject({
      status: 400,
    });
  });

  test('of a Job by itself', async () => {
    expect(await start({ must: true }, undefined, 'alone')).toMatchObject({ pipeline: 'alone', number: 1 });
  });

  test('gets a number that was never used, whatever becomes of the Pipeline', async () => {
    const content = 'kind: Pipeline\nname: brief\njobs: [{ name: a, actions: [{ run: "true" }] }]\n';
    await setting.apply(content);
    const runs = await Promise.all(Array.from({ length: 12 }, () => start({}, undefined, 'brief')));
    expect(runs.map(({ number }) => number).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 12 }, (_, at) => at + 1),
    );
    await setting.call('DELETE', '/definitions/Pipeline/brief');
    expect((await setting.call<RunDetail>('GET', '/runs/brief%2F3')).body.number).toBe(3);
    await setting.db.pool.query(`delete from runs where pipeline = 'brief'`);
    await setting.apply(content);
    expect(await start({}, undefined, 'brief')).toMatchObject({ number: 13, version: 2 });
  });

  test.each([
    ['an unknown Pipeline', 'helo', {}, 404, /did you mean "hello"/],
    ['an unknown parameter', 'hello', { who: 'x' }, 400, /whom/],
    ['a value of another type', 'hello', { count: 'many' }, 400, /count takes a number/],
    ['a value that is too large', 'hello', { whom: 'x'.repeat(70_000) }, 400, /larger than 64 KiB/],
    ['a value that is missing', 'alone', {}, 400, /must is missing/],
    ['a value that the database cannot hold', 'hello', { whom: 'a\0b' }, 400, /NUL/],
    ['several at once', 'hello', { who: 1, count: [] }, 400, /who.*count/],
  ])('with %s is refused with what is right', async (_, name, parameters, status, words) => {
    const before = await countRuns();
    const problem = await setting.refused('POST', `/pipelines/${name}/runs`, { parameters });
    expect(problem).toMatchObject({ status, detail: expect.stringMatching(words) });
    expect(await countRuns()).toBe(before);
  });

  test('what is wrong says which parameter, so that a form can show it there', async () => {
    const { problems } = await setting.refused('POST', '/pipelines/hello/runs', { parameters: { count: 'many' } });
    expect(problems).toMatchObject([{ path: 'parameters.count', message: expect.stringContaining('number') }]);
  });
});

describe('reading', () => {
  test('by id and by name; what is not there is said', async () => {
    const run = await start();
    for (const name of [run.id, `hello/${run.number}`]) {
      const { body } = await setting.call<RunDetail>('GET', `/runs/${encodeURIComponent(name)}`);
      expect(body).toMatchObject({ id: run.id, seq: 0, jobs: [] });
    }
    for (const name of ['hello/99999', 'hello', 'x', '0198c0de-0000-7000-8000-000000000000', 'hello/0x1', "a'/1"]) {
      const problem = await setting.refused('GET', `/runs/${encodeURIComponent(name)}`);
      expect(problem).toMatchObject({ status: 404, detail: expect.stringContaining(name) });
    }
  });

  test('a log of what can be no name is refused before its text begins', async () => {
    const run = await start();
    for (const path of ['log', 'log.txt']) {
      for (const query of ['job=a%00&action=b', 'job=a&action=b%00']) {
        expect(await setting.refused('GET', `/runs/${run.id}/${path}?${query}`)).toMatchObject({ status: 400 });
      }
    }
  });

  test('pages stay as they are while runs come in between', async () => {
    await setting.apply('kind: Pipeline\nname: paged\njobs: [{ name: a, actions: [{ run: "true" }] }]\n');
    for (let at = 0; at < 5; at += 1) await start({}, undefined, 'paged');
    // All of one time: the id tells them apart.
    await setting.db.pool.query(`update runs set "queuedAt" = now() where pipeline = 'paged'`);
    const page = async (cursor: string | null) =>
      (
        await setting.call<{ items: RunSummary[]; next: string | null }>(
          'GET',
          `/runs?pipeline=paged&limit=2${cursor === null ? '' : `&cursor=${cursor}`}`,
        )
      ).body;
    const seen: number[] = [];
    for (let cursor: string | null = null, first = true; first || cursor !== null; first = false) {
      const { items, next }: { items: RunSummary[]; next: string | null } = await page(cursor);
      seen.push(...items.map(({ number }) => number));
      cursor = next;
      await start({}, undefined, 'paged');
    }
    expect(seen).toEqual([5, 4, 3, 2, 1]);
    expect(await setting.refused('GET', '/runs?cursor=nonsense')).toMatchObject({ status: 400 });
    expect(await setting.refused('GET', '/runs?limit=1000')).toMatchObject({ status: 400 });
  });

  test('by status, and with what people must act on', async () => {
    const run = await start();
    await write(run, 'waiting', { a: 'succeeded', b: 'waiting' });
    const wait = { kind: 'approval', approvalId: 'x', roles: ['administrator'] };
    await setting.db.pool.query(
      `update job_runs set state = jsonb_set(state, '{wait}', $2) where "runId" = $1 and path = 'b'`,
      [run.id, wait],
    );
    const list = async (status: string) =>
      (await setting.call<{ items: RunSummary[] }>('GET', `/runs?status=${status}`)).body.items;
    expect(await list('waiting,failed')).toMatchObject([{ id: run.id, wait }]);
    expect(await list('blocked')).toEqual([]);
    expect(await setting.refused('GET', '/runs?status=odd')).toMatchObject({ status: 400 });
    const { body } = await setting.call<RunDetail>('GET', `/runs/${run.id}`);
    expect(body.wait).toEqual({ ...wait, endsWhen: 'Somebody of the role administrator approves or rejects' });
    expect(body.jobs.map(({ path, actions }) => [path, actions.length])).toEqual([
      ['a', 1],
      ['b', 1],
    ]);
    const { lastRuns } = (await setting.call<PipelineSummary>('GET', '/pipelines/hello')).body;
    expect(lastRuns.length).toBeLessThanOrEqual(10);
    expect(lastRuns[0]).toMatchObject({ id: run.id, wait });
    await write(run, 'stopped');
  });
});

describe('waiting', () => {
  test('ends with the run, at once', async () => {
    await setting.services.events.ready();
    const run = await start();
    const waited = setting.call<RunDetail>('GET', `/runs/${run.id}/wait?timeout=30`);
    await new Promise((done) => setTimeout(done, 200));
    const began = performance.now();
    await write(run, 'succeeded');
    expect((await waited).body.status).toBe('succeeded');
    expect(performance.now() - began).toBeLessThan(1000);
  });

  test('ends after its time with the run as it is then', async () => {
    const run = await start();
    const { body } = await setting.call<RunDetail>('GET', `/runs/${run.id}/wait?timeout=0.2`);
    expect(body.status).toBe('queued');
  });
});

describe('stopping', () => {
  test('tells the workflow who wants it', async () => {
    const run = await start();
    expect((await setting.call('POST', `/runs/${run.id}/stop`, {})).status).toBe(204);
    expect((await workflow(run)).signals).toEqual([['stop', { by: 'local/admin' }]]);
  });

  test('a run that never reached Temporal starts stopped, and one that has ended is refused', async () => {
    const run = await start();
    await isSubmitted(run);
    await setting.db.pool.query('update runs set submitted = false, number = 70000 where id = $1', [run.id]);
    await setting.call('POST', `/runs/${run.id}/stop`, {});
    expect((await workflow({ ...run, number: 70_000 })).signals).toEqual([['stop', { by: 'local/admin' }]]);
    await write(run, 'stopped');
    expect(await setting.refused('POST', `/runs/${run.id}/stop`, {})).toMatchObject({ status: 409 });
  });
});

describe('a retry', () => {
  let failed: RunSummary;
  beforeEach(async () => {
    failed = await start({ whom: 'again' });
    await write(failed, 'failed', { a: 'succeeded', b: 'failed' });
  });

  test('is a new run of the same, which takes over what ended well', async () => {
    const { body: next } = await setting.call<RunSummary>('POST', `/runs/${failed.id}/retry`, {});
    expect(next).toMatchObject({
      retryOf: `hello/${failed.number}`,
      number: failed.number + 1,
      parameters: failed.parameters,
      status: 'queued',
    });
    const { jobs } = (await setting.call<RunDetail>('GET', `/runs/${next.id}`)).body;
    expect(jobs).toMatchObject([
      { path: 'a', inherited: true, output: { of: 'a' }, actions: [{ status: 'succeeded' }] },
    ]);
    const { rows } = await setting.db.pool.query('select key, blob from stored_files where "runId" = $1', [next.id]);
    expect(rows).toEqual([{ key: 'a', blob: 'blob' }]);
    await workflow(next);
  });

  test('runs the plan of the first, not what was saved since', async () => {
    const { rows } = await setting.db.pool.query('select "planId" from runs where id = $1', [failed.id]);
    const { source } = (await setting.call<{ source: string }>('GET', '/definitions/Pipeline/hello')).body;
    await setting.apply(source.replace("run: 'true'", 'run: other'));
    const { body: next } = await setting.call<RunSummary>('POST', `/runs/${failed.id}/retry`, {});
    expect((await setting.db.pool.query('select "planId" from runs where id = $1', [next.id])).rows).toEqual(rows);
    await setting.apply(source);
  });

  test('from a Job does it again too; an unknown one, and an open run, are refused', async () => {
    const { body: next } = await setting.call<RunSummary>('POST', `/runs/${failed.id}/retry`, { from: 'a' });
    expect((await setting.call<RunDetail>('GET', `/runs/${next.id}`)).body.jobs).toEqual([]);
    expect(await setting.refused('POST', `/runs/${failed.id}/retry`, { from: 'x' })).toMatchObject({ status: 404 });
    expect(await setting.refused('POST', `/runs/${next.id}/retry`, {})).toMatchObject({ status: 409 });
  });

  test('with one key is one run', async () => {
    const retry = () =>
      setting.call<RunSummary>('POST', `/runs/${failed.id}/retry`, {}, { 'idempotency-key': failed.id });
    const both = await Promise.all([retry(), retry(), retry()]);
    expect(new Set(both.map(({ body }) => body.id)).size).toBe(1);
    const other = [`/runs/${failed.id}/retry`, { from: 'a' }, { 'idempotency-key': failed.id }] as const;
    expect(await setting.refused('POST', ...other)).toMatchObject({ status: 409 });
  });
});

describe('a lost Worker', () => {
  test('is decided only where a Job waits for it', async () => {
    const run = await start();
    await write(run, 'waiting', { a: 'waiting' });
    const resolve = { job: 'a', decision: 'done' };
    expect(await setting.refused('POST', `/runs/${run.id}/resolve`, resolve)).toMatchObject({ status: 409 });
    await setting.db.pool.query(`update job_runs set state = jsonb_set(state, '{wait}', $2) where "runId" = $1`, [
      run.id,
      { kind: 'worker_lost', worker: 'w', action: 'run' },
    ]);
    await setting.call('POST', `/runs/${run.id}/resolve`, resolve);
    expect((await workflow(run)).signals).toEqual([
      ['resolveLost', { ...resolve, by: 'local/admin', action: 'run', attempt: 1 }],
    ]);
    expect(await setting.refused('POST', `/runs/${run.id}/resolve`, { ...resolve, job: 'z' })).toMatchObject({
      status: 404,
    });
    await write(run, 'stopped');
  });
});

test('while Temporal is away a run is taken all the same, and started once it is back', async () => {
  await setting.stopTemporal();
  const began = performance.now();
  const run = await start();
  expect(performance.now() - began).toBeLessThan(8_000);
  const endsWhen = 'Temporal answers: it is given the run again and again until then';
  const waits = { id: run.id, status: 'queued', wait: { kind: 'temporal', given: false, endsWhen } };
  expect(run).toMatchObject(waits);
  const read = async () => (await setting.call<RunDetail>('GET', `/runs/${run.id}`)).body;
  expect(await read()).toMatchObject(waits);
  const lists = [
    (await setting.call<{ items: RunSummary[] }>('GET', '/runs?limit=1')).body.items,
    (await setting.call<PipelineSummary>('GET', '/pipelines/hello')).body.lastRuns,
  ];
  for (const runs of lists) expect(runs.find(({ id }) => id === run.id)).toMatchObject(waits);
  expect(await setting.refused('POST', `/runs/${run.id}/stop`, {})).toMatchObject({ status: 503, code: 'unavailable' });
  await setting.db.pool.query(`update runs set "queuedAt" = now() - interval '1 minute' where id = $1`, [run.id]);
  expect(await setting.services.runs.submitPending()).toBe(0);
  await setting.restartTemporal();
  await expect.poll(() => setting.services.runs.submitPending(), { timeout: 20_000 }).toBeGreaterThan(0);
  expect((await workflow(run)).described.type).toBe('pipelineRun');
  expect(await setting.services.runs.submitPending()).toBe(0);
  await isSubmitted(run);
  const taken = { kind: 'temporal', given: true, endsWhen: 'A control worker takes it' };
  expect(await read()).toMatchObject({ status: 'queued', wait: taken });
});
