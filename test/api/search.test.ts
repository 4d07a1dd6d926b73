import { beforeAll, expect, test } from 'vitest';
import type { SearchResult } from '../../core/api/search.ts';
import { uuid7 } from '../../prisma/uuid7.ts';
import { insertRun } from './insert-run.ts';
import { createSetting, type Setting } from './setting.ts';

let at: Setting;

const documents = `name: deploy
description: Brings the shop to its customers
jobs: [{ name: j, actions: [{ run: "true" }] }]
---
name: api-deploy
jobs: [{ name: j, job: compile }]
---
name: redeploy_all
jobs: [{ name: j, actions: [{ run: "true" }] }]
---
kind: Job
name: compile
actions: [{ run: "true" }]
---
kind: Engine
name: compile-box
type: local
---
kind: Trigger
name: on-merge
rest: {}
runs: [{ pipeline: deploy }]
---
kind: Trigger
name: each-night
schedule: { cron: 0 3 * * * }
runs: [{ pipeline: deploy }]
`;

beforeAll(async () => {
  at = await createSetting({ temporal: false });
  await at.apply(documents);
  const { pool } = at.db;
  for (const number of [1, 12, 128, 1280])
    await insertRun(pool, {
      pipeline: 'deploy',
      number,
      status: 'succeeded',
      parameters: { ref: `feature/${number}` },
    });
  await insertRun(pool, {
    pipeline: 'api-deploy',
    number: 128,
    status: 'failed',
    parameters: { region: 'Helsinki', token: 'hunter2-of-the-vault', list: ['north', 'south'] },
    secretParameters: ['token'],
  });
  const held = await insertRun(pool, { pipeline: 'api-deploy', number: 129, status: 'waiting' });
  await pool.query(
    `insert into approvals (id, "runId", "jobPath", "jobAttempt", action, prompt, roles, quorum) values ($1, $2, 'j', 1, 'a', 'Ship it to Oulu?', '{}', 1)`,
    [uuid7(), held],
  );
  await pool.query(
    `insert into stored_files ("runId", key, "jobPath", size, sha256, blob) values ($1, 'reports/Coverage.html', 'j', 1, 'x', 'y')`,
    [held],
  );
  await pool.query(`insert into workers (id, owner, hello) values ('w-1', 'local', '{"host": "build-7.example.org"}')`);
});

/** A delivery that started the run. */
async function insertDelivery(
  run: string,
  row: { trigger: string; source: string; key: string; facts: object },
): Promise<string> {
  const id = uuid7();
  await at.db.pool.query(
    `with delivery as (
       insert into deliveries (id, trigger, source, key, event, facts, payload, "sentBy", state, reason)
       values ($1, $2, $3, $4, 'push', $5, '{"in": "the-payload"}', $3, 'recorded', 'Started it.')
     ) insert into delivery_runs ("deliveryId", position, pipeline, "runId") values ($1, 0, 'deploy', $6)`,
    [id, row.trigger, row.source, row.key, JSON.stringify(row.facts), run],
  );
  return id;
}

async function search(q: string, more = ''): Promise<SearchResult['hits']> {
  return (await at.call<SearchResult>('GET', `/search?q=${encodeURIComponent(q)}${more}`)).body.hits;
}
const found = async (q: string, more = '') => (await search(q, more)).map(({ kind, title }) => `${kind} ${title}`);

test('finds by name, the whole name first, then what begins with it; and by the description of a Pipeline', async () => {
  expect(await found('deploy', '&kinds=Pipeline')).toEqual([
    'Pipeline deploy',
    'Pipeline redeploy_all',
    'Pipeline api-deploy',
  ]);
  expect(await found('DEPLOY api', '&kinds=Pipeline')).toEqual(['Pipeline api-deploy']);
  expect(await search('customers')).toMatchObject([
    { kind: 'Pipeline', id: 'deploy', text: expect.stringContaining('shop') },
  ]);
});

test('finds what is of other kinds, those of the library after what people look for most', async () => {
  expect(await found('compile')).toEqual(['Job compile', 'Engine compile-box']);
  expect(await found('build-7')).toEqual(['worker w-1']);
  expect(await search('oulu')).toMatchObject([{ kind: 'approval', id: 'api-deploy/129', text: 'api-deploy #129' }]);
  expect(await search('coverage')).toMatchObject([
    { kind: 'file', id: 'api-deploy/129', title: 'reports/Coverage.html' },
  ]);
});

test.each([
  ['deploy 128', ['deploy/128', 'api-deploy/128', 'deploy/1280']],
  ['deploy#12', ['deploy/12', 'deploy/128', 'api-deploy/128', 'api-deploy/129']],
  ['api/128', ['api-deploy/128']],
  ['1280', ['deploy/1280']],
  ['nothing 128', []],
])('%s means the runs %j', async (q, ids) => {
  const hits = await search(q, '&kinds=run');
  expect(hits.map(({ id }) => id).sort()).toEqual([...ids].sort());
  if (ids.length > 0) expect(hits[0]?.id.split('/')[1]).toBe(/\d+$/.exec(q)?.[0]);
});

test('finds runs by what started them, that delivery by its id or the one of its sender, and its Trigger', async () => {
  const { pool } = at.db;
  const pushed = await insertRun(pool, { pipeline: 'deploy', number: 300, status: 'failed' });
  const timed = await insertRun(pool, { pipeline: 'deploy', number: 301, status: 'succeeded' });
  const facts = {
    sha: '3b9cface00112233445566778899aabbccddeeff',
    branch: 'release/spring',
    source_branch: 'feature/checkout',
    tag: null,
    title: 'Let one pay later',
  };
  const key = '72d3162E-cc78-11e3-81ab-4c9367dc0958';
  const delivery = await insertDelivery(pushed, { trigger: 'on-merge', source: 'github', key, facts });
  const scheduledAt = '2026-01-01T03:00:00Z';
  await insertDelivery(timed, { trigger: 'each-night', source: 'schedule', key: scheduledAt, facts: {} });

  const run = (text: string) => ({ kind: 'run', id: 'deploy/300', status: 'failed', text });
  expect(await search('3b9c')).toMatchObject([run(`commit: ${facts.sha}`)]);
  expect(await search(facts.sha.toUpperCase())).toMatchObject([run(`commit: ${facts.sha}`)]);
  expect(await search('spring release')).toMatchObject([run('branch: release/spring')]);
  expect(await search('checkout')).toMatchObject([run('branch: feature/checkout')]);
  expect(await search('pay later')).toMatchObject([run('title: Let one pay later')]);
  expect(await search('on-merge')).toMatchObject([run('Trigger: on-merge'), { kind: 'Trigger', id: 'on-merge' }]);
  expect(await search('each-night')).toMatchObject([
    { kind: 'run', id: 'deploy/301', text: 'Trigger: each-night' },
    { kind: 'schedule', id: 'each-night' },
  ]);
  expect(await search('each-night', '&kinds=Trigger')).toEqual([]);
  // Neither the middle of a commit nor what is only in the payload.
  for (const nothing of ['9cface', 'the-payload']) expect(await search(nothing)).toEqual([]);

  const found = { kind: 'delivery', id: delivery, title: 'on-merge: push', text: 'Started it.' };
  for (const id of [delivery, delivery.slice(0, 23), key, ` ${key} `]) expect(await search(id)).toMatchObject([found]);
  expect(await search(scheduledAt)).toMatchObject([{ kind: 'delivery', title: 'each-night: push' }]);
});

test('finds runs by the value of a parameter, but for what is secret', async () => {
  expect(await search('helsinki')).toMatchObject([
    { kind: 'run', id: 'api-deploy/128', text: 'region: Helsinki', status: 'failed' },
  ]);
  expect(await found('feature/12')).toEqual(['run deploy #1280', 'run deploy #128', 'run deploy #12']);
  for (const guess of ['hunter2', 'hunter2-of-the-vault', 'vault']) expect(await search(guess)).toEqual([]);
});

test.each([
  '%',
  '_',
  '\\',
  "'; drop table runs; --",
  '" or 1=1',
  '(a+)+$',
  '\u{1F600}',
  '\\u0000',
  '9'.repeat(200),
  'zq '.repeat(66),
  '<script>alert(1)</script>',
])('%j is only text', async (q) => {
  expect(await search(q)).toEqual(q === '_' ? [expect.objectContaining({ id: 'redeploy_all' })] : []);
});

test('tries of what is not saved are not found', async () => {
  await insertRun(at.db.pool, {
    pipeline: 'try:deploy',
    number: 77,
    status: 'failed',
    parameters: { ref: 'only-tried' },
  });
  expect(await search('77')).toEqual([]);
  expect(await search('only-tried')).toEqual([]);
});

test('nothing is found by nothing, and more than is reasonable is refused', async () => {
  expect(await search('   ')).toEqual([]);
  expect((await at.refused('GET', `/search?q=${'x'.repeat(201)}`)).detail).toContain('query.q');
  expect((await at.refused('GET', '/search?q=%00')).detail).toContain('NUL');
  expect((await at.refused('GET', '/search?q=a&kinds=Secret')).detail).toContain('query.kinds');
});

test('tells nothing to strangers and Workers', async () => {
  expect((await at.request('/api/v1/search?q=deploy')).status).toBe(401);
  const headers = { authorization: `Bearer ${at.workerToken}` };
  expect((await at.request('/api/v1/search?q=deploy', { headers })).status).toBe(403);
});
