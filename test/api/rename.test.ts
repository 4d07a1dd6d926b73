import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ForkPlan } from '../../core/api/forks.ts';
import type { DefinitionVersion, LibraryItem, UsedDefinition } from '../../core/api/library.ts';
import type { Definition, PipelineSummary, RunSummary } from '../../core/api/objects.ts';
import type { DeliveryReceipt } from '../../core/api/triggers.ts';
import { createRunStates } from '../../platform/run-state/index.ts';
import { createTriggerSetting, type TriggerSetting } from '../triggers/setting.ts';

let setting: TriggerSetting;
beforeAll(async () => {
  setting = await createTriggerSetting({ temporal: true });
});

const library = `# Packs it.
kind: Job
name: pack
params: [{ name: of, type: string, default: all }]
actions: [{ run: 'echo packed' }]
---
kind: Pipeline
name: ship
jobs:
  - job: pack # the pack
  - { name: send, requires: [pack], actions: [{ run: 'true', skip_if: 'job.pack.status != "succeeded"' }] }
---
kind: Pipeline
name: release
jobs:
  - pipeline: ship
---
kind: Trigger
name: start-ship
rest: {}
runs: [{ pipeline: ship }]
---
kind: Trigger
name: after-ship
after: { pipeline: ship }
runs: [{ pipeline: build, args: { branch: "\${{ trigger.payload.pipeline }}" } }]
`;
beforeEach(async () => {
  await setting.db.pool.query(`delete from definitions where name not in ('build', 'hook-secret', 'empty-secret')`);
  await setting.db.pool.query('truncate runs, deliveries, run_counters, removed_definitions cascade');
  await setting.apply(library);
});

const rename = async (kind: string, name: string, to: string) =>
  (
    await setting.call<{ renamed: { kind: string; name: string; version: number }[] }>(
      'POST',
      `/definitions/${kind}/${name}/rename`,
      { to },
    )
  ).body.renamed;
const get = async (kind: string, name: string) =>
  (await setting.call<Definition>('GET', `/definitions/${kind}/${name}`)).body;
const start = async (name: string, headers = {}) =>
  (await setting.call<RunSummary>('POST', `/pipelines/${name}/runs`, { parameters: {} }, headers)).body;
async function end(run: string): Promise<void> {
  const at = '2026-01-01T00:00:00.000Z';
  const ended = { seq: 9, status: 'succeeded' as const, reason: null, startedAt: at, endedAt: at };
  await createRunStates(setting.db).close({ runId: run, ...ended, jobs: [] });
}
const everything = async () =>
  (
    await setting.db.pool.query(
      'select d.kind, d.name, v.* from definitions d join definition_versions v on v."definitionId" = d.id order by 1, 2, v.version',
    )
  ).rows;

describe('a rename', () => {
  test('of a Job changes its own text and what calls it, and nothing of what they do', async () => {
    expect(await rename('Job', 'pack', 'wrap')).toEqual([
      { kind: 'Job', name: 'wrap', version: 2 },
      { kind: 'Pipeline', name: 'ship', version: 2 },
    ]);
    expect((await get('Job', 'wrap')).source).toContain('# Packs it.\nkind: Job\nname: wrap\n');
    const ship = await get('Pipeline', 'ship');
    expect(ship.source).toContain('  - name: pack\n    job: wrap # the pack\n');
    expect((await get('Pipeline', 'release')).version).toBe(1);
    const { body } = await setting.call<{ items: UsedDefinition[] }>('GET', '/definitions/Job/wrap/users');
    expect(body.items).toEqual([{ kind: 'Pipeline', name: 'ship' }]);
    const version = (await setting.call<DefinitionVersion>('GET', '/definitions/Pipeline/ship/versions/2')).body;
    expect(version).toMatchObject({ note: 'Job pack is called wrap now', uses: [{ kind: 'Job', name: 'wrap' }] });
    // Also what calls it at a remove runs under its new name.
    const run = await start('release');
    const { rows } = await setting.db.pool.query<{ uses: UsedDefinition[] }>('select uses from runs where id = $1', [
      run.id,
    ]);
    expect(rows[0]?.uses.map(({ kind, name }) => `${kind} ${name}`)).toEqual(['Job wrap', 'Pipeline ship']);
  });

  test('of a Pipeline takes its Triggers along, in one step', async () => {
    expect((await rename('Pipeline', 'ship', 'deliver')).map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'Pipeline deliver',
      'Pipeline release',
      'Trigger after-ship',
      'Trigger start-ship',
    ]);
    const { body } = await setting.call<DeliveryReceipt>('POST', '/triggers/start-ship', {});
    expect((await setting.decided(body.delivery)).runs[0]?.run?.pipeline).toBe('deliver');
    const { items } = (await setting.call<{ items: PipelineSummary[] }>('GET', '/pipelines')).body;
    expect(items.map(({ name, formerNames }) => [name, formerNames])).toEqual([
      ['build', []],
      ['deliver', ['ship']],
      ['release', []],
    ]);
  });

  test('leaves runs under the name that they had, and their ends are those of the Pipeline', async () => {
    const run = await start('ship');
    await rename('Pipeline', 'ship', 'deliver');
    expect((await setting.call<RunSummary>('GET', '/runs/ship%2F1')).body.id).toBe(run.id);
    await end(run.id);
    await setting.decide();
    const [delivery] = await setting.deliveries('trigger=after-ship');
    expect(delivery?.runs[0]?.run?.parameters).toMatchObject({ branch: 'ship' });
  });

  test('is followed by who starts it under the name that it had, once for each key', async () => {
    const key = { 'idempotency-key': 'one' };
    const before = await start('ship', key);
    await rename('Pipeline', 'ship', 'deliver');
    expect((await start('ship', key)).id).toBe(before.id);
    expect((await start('deliver', key)).id).toBe(before.id);
    expect(await start('ship')).toMatchObject({ pipeline: 'deliver', number: 1 });
    await setting.apply(`name: ship\njobs: [{ name: other, actions: [{ run: 'true' }] }]\n`);
    expect(await start('ship')).toMatchObject({ pipeline: 'ship', number: 2 });
  });

  test('is followed by what goes on from a run under the name that it had', async () => {
    const run = await start('ship');
    await end(run.id);
    await rename('Pipeline', 'ship', 'deliver');
    await setting.apply(`${(await get('Pipeline', 'deliver')).source}\n# Again.\n`);
    const { body: plan } = await setting.call<ForkPlan>('GET', `/runs/${run.id}/fork?version=newest`);
    expect(plan).toMatchObject({ ranVersion: 1, newestVersion: 3, version: 3 });
    const fork = await setting.call<RunSummary>('POST', `/runs/${run.id}/fork`, { version: 'newest' });
    expect(fork.body).toMatchObject({ pipeline: 'deliver', number: 1, version: 3 });
    const retry = await setting.call<RunSummary>('POST', `/runs/${run.id}/retry`, {});
    expect(retry.body).toMatchObject({ pipeline: 'deliver', number: 2, version: 1 });
  });

  test('is told to who asks for the name that it had, until something else has it', async () => {
    await rename('Pipeline', 'ship', 'deliver');
    await rename('Pipeline', 'deliver', 'send-off');
    for (const name of ['ship', 'deliver']) {
      expect(await setting.refused('GET', `/definitions/Pipeline/${name}`)).toMatchObject({
        status: 404,
        remedy: 'It is called send-off now.',
      });
      const { items } = (await setting.call<{ items: LibraryItem[] }>('GET', `/library?name=${name}`)).body;
      expect(items.map((item) => item.name)).toEqual(['send-off']);
    }
    expect((await get('Pipeline', 'send-off')).formerNames).toEqual(['ship', 'deliver']);
    await rename('Pipeline', 'send-off', 'ship');
    expect((await get('Pipeline', 'ship')).formerNames).toEqual(['deliver', 'send-off']);
  });

  test('leaves old versions such that they can be restored', async () => {
    await setting.apply(`${(await get('Job', 'pack')).source}timeout: 5m\n`);
    await rename('Job', 'pack', 'wrap');
    const { body } = await setting.call<DefinitionVersion>('GET', '/definitions/Job/wrap/versions/1');
    expect(body).toMatchObject({ name: 'wrap', spec: { name: 'wrap' } });
    await setting.apply(body.source);
    const { version, source } = await get('Job', 'wrap');
    expect([version, source.includes('timeout')]).toEqual([4, false]);
    expect(await setting.refused('GET', '/definitions/Job/pack')).toMatchObject({ status: 404 });
  });

  test('is not held up by a schedule that is over', async () => {
    await setting.apply('kind: Trigger\nname: once\nschedule: { every: 1h }\nruns: [{ pipeline: ship }]\n');
    const over = { calendar: { year: 2001 } };
    await setting.db.pool.query(
      `update definition_versions v set spec = jsonb_set(spec, '{schedule}', $1), source = replace(source, '{ every: 1h }', $2)
       from definitions d where d.id = v."definitionId" and d.name = 'once'`,
      [over, JSON.stringify(over)],
    );
    const renamed = await rename('Pipeline', 'ship', 'deliver');
    expect(renamed).toContainEqual({ kind: 'Trigger', name: 'once', version: 2 });
  });

  test('of two at once, one is done', async () => {
    const results = await Promise.allSettled([rename('Job', 'pack', 'one'), rename('Job', 'pack', 'two')]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await everything()).filter(({ kind }) => kind === 'Job')).toHaveLength(2);
  });
});

describe('is refused, and nothing is saved', () => {
  test.each([
    ['Job', 'pack', 'ship', 409, 'There is a Pipeline called ship already.'],
    ['Pipeline', 'ship', 'ship', 409, 'There is a Pipeline called ship already.'],
    ['Job', 'pack', '', 400, 'to: '],
    ['Job', 'pack', 'a b', 400, 'a name begins with a letter'],
    ['Job', 'pack', 'self', 400, 'self and current mean something else'],
    ['Job', 'pakc', 'x', 404, 'There is no Job "pakc"; did you mean "pack"?'],
    ['Trigger', 'start-ship', 'x', 400, 'Those who send to a Trigger know it by its name, so it cannot be renamed.'],
    ['Credential', 'hook-secret', 'x', 400, 'What runs already knows a Credential by its name'],
  ])('the %s %s as %j', async (kind, name, to, status, detail) => {
    const before = await everything();
    expect(await setting.refused('POST', `/definitions/${kind}/${name}/rename`, { to })).toMatchObject({
      status,
      detail: expect.stringContaining(detail),
    });
    expect(await everything()).toEqual(before);
  });

  test('an Action by the name of a type', async () => {
    await setting.apply('kind: Action\nname: say\nrun: echo\n');
    const before = await everything();
    const refused = await setting.refused('POST', '/definitions/Action/say/rename', { to: 'run' });
    expect(refused.problems?.[0]?.message).toContain('there is a type of Action called run');
    expect(await everything()).toEqual(before);
  });

  test('where it was changed since it was read', async () => {
    await setting.apply(`${(await get('Job', 'pack')).source}# More.\n`);
    const refused = await setting.refused('POST', '/definitions/Job/pack/rename', { to: 'wrap', version: 1 });
    expect(refused).toMatchObject({ status: 409, detail: expect.stringContaining('was changed since version 1') });
    expect((await get('Job', 'pack')).version).toBe(2);
  });

  test('where an alias stands for the name, with the place', async () => {
    await setting.apply(`name: &n twin\njobs:\n  - job: pack\n    name: &p first\n  - { name: *n, job: pack }\n`);
    await rename('Job', 'pack', 'wrap');
    await setting.apply(`name: odd\njobs:\n  - job: &w wrap\n`);
    const before = await everything();
    const refused = await setting.refused('POST', '/definitions/Job/wrap/rename', { to: 'x' });
    expect(refused).toMatchObject({
      status: 409,
      problems: [{ line: 3, path: 'jobs.0.job', definition: { kind: 'Pipeline', name: 'odd' } }],
    });
    expect(await everything()).toEqual(before);
  });

  test('by who may only read', async () => {
    const headers = { authorization: `Bearer ${setting.workerToken}` };
    expect(await setting.refused('POST', '/definitions/Job/pack/rename', { to: 'x' }, headers)).toMatchObject({
      status: 403,
    });
  });
});
