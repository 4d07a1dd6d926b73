import { beforeAll, describe, expect, test } from 'vitest';
import { readRun } from '../../activities/control/open-run.ts';
import type { PipelineSummary, RunSummary } from '../../core/api/objects.ts';
import { createSetting, type Setting } from './setting.ts';

const ship = (more = '') => `name: ship
parameters: [{ name: to, type: string, default: nonprod }, { name: password, type: string, default: x, secret: true }]
jobs:
  - { name: plan, actions: [{ run: 'true' }] }
  - { name: apply, job: deploy, requires: [plan], args: { digest: '\${{ job.plan.output.digest }}' } }
  - { name: after, requires: [apply], actions: [{ run: 'true' }${more}] }
`;
const deploy = (param: string) => `kind: Job
name: deploy
params: [{ name: ${param}, type: string }]
actions: [{ run: 'true' }]
`;

let setting: Setting;
beforeAll(async () => {
  setting = await createSetting({ temporal: true });
  await setting.apply(`${deploy('digest')}---\n${ship()}`);
});

const files = (content: string) => [{ name: 'draft.yaml', content }];
const start = async (body: object, headers = {}) =>
  (await setting.call<RunSummary>('POST', '/try', body, headers)).body;
const refused = (body: object) => setting.refused('POST', '/try', body);
const count = async (table: string) =>
  (await setting.db.pool.query<{ n: number }>(`select count(*)::int n from ${table}`)).rows[0]?.n ?? -1;

describe('a try', () => {
  test('is a run of the Job that is named, with the saved library, and saves nothing', async () => {
    const before = [await count('definitions'), await count('definition_versions')];
    const run = await start({ files: files(ship()), job: 'apply', outputs: { plan: { digest: 'd' } } });
    expect(run).toMatchObject({ pipeline: 'try:ship', number: 1, version: 0, startedBy: 'local/admin' });
    const { plan } = await readRun(setting.db.pool, run.id, undefined);
    expect(plan.jobs.map(({ name }) => name)).toEqual(['plan', 'apply']);
    expect(plan.jobs[1]).toMatchObject({ calls: { kind: 'Job', name: 'deploy' }, requires: ['plan'] });
    expect([await count('definitions'), await count('definition_versions')]).toEqual(before);
  });

  test('spends no number of its Pipeline, and is in no list but its own', async () => {
    await start({ files: files(ship()), job: 'plan' });
    const { body: run } = await setting.call<RunSummary>('POST', '/pipelines/ship/runs', {});
    expect(run.number).toBe(1);
    const { body: pipeline } = await setting.call<PipelineSummary>('GET', '/pipelines/ship');
    expect(pipeline.lastRuns.map(({ id }) => id)).toEqual([run.id]);
    const list = async (query: string) =>
      (await setting.call<{ items: RunSummary[] }>('GET', `/runs${query}`)).body.items.map((one) => one.pipeline);
    expect(await list('')).toEqual(['ship']);
    expect(new Set(await list('?pipeline=try:ship'))).toEqual(new Set(['try:ship']));
  });

  test('is read by its address, and keeps secret what is', async () => {
    const run = await start({ files: files(ship()), job: 'plan', parameters: { password: 'hunter2' } });
    const { body } = await setting.call<RunSummary>('GET', `/runs/${encodeURIComponent(`try:ship/${run.number}`)}`);
    expect(body.id).toBe(run.id);
    expect(JSON.stringify(body)).not.toContain('hunter2');
  });

  test('takes parts of the draft over the saved ones, and asks no saved caller', async () => {
    // The saved Pipeline passes what this Job no longer takes.
    const run = await start({ files: files(deploy('other')), parameters: { other: 'x' } });
    expect(run).toMatchObject({ pipeline: 'try:deploy', parameters: { other: 'x' } });
    const both = `${deploy('other')}---\n${ship().replace('digest:', 'other:')}`;
    expect(await start({ files: files(both), job: 'apply' })).toMatchObject({ pipeline: 'try:ship' });
    expect(await refused({ files: files(both), pipeline: 'shop' })).toMatchObject({
      code: 'invalid_file',
      problems: [{ message: expect.stringContaining('did you mean "ship"?') }],
    });
  });

  test('with one key is one run', async () => {
    const body = { files: files(ship()), job: 'plan' };
    const runs = await Promise.all([1, 2, 3].map(() => start(body, { 'idempotency-key': 'k' })));
    expect(new Set(runs.map(({ id }) => id)).size).toBe(1);
    expect(await setting.refused('POST', '/try', { ...body, job: 'after' }, { 'idempotency-key': 'k' })).toMatchObject({
      status: 409,
    });
  });

  test('is refused as saving would be, and leaves no plan', async () => {
    const before = [await count('runs'), await count('plans')];
    const shell = ship(`, { name: bad, run: 'echo \${{ pipeline.parameters.to }}' }`);
    expect(await refused({ files: files(shell), job: 'plan' })).toMatchObject({
      status: 422,
      code: 'invalid_file',
      problems: [{ file: 'draft.yaml', path: 'jobs[2].actions[1].run' }],
    });
    expect(await refused({ files: files('name: [') })).toMatchObject({ status: 422 });
    expect(await refused({ files: files(ship()), job: 'nowhere' })).toMatchObject({ status: 404 });
    expect(await refused({ files: files(ship()), job: 'plan', parameters: { to: 7 } })).toMatchObject({ status: 400 });
    expect(await refused({ files: files(ship()), job: 'apply', outputs: { after: {} } })).toMatchObject({
      status: 400,
      detail: expect.stringContaining('no Job before apply'),
    });
    expect(await refused({ files: files(ship()), job: 'plan\0' })).toMatchObject({ status: 400 });
    expect([await count('runs'), await count('plans')]).toEqual(before);
  });
});
