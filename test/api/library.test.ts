import { beforeAll, describe, expect, test } from 'vitest';
import type { UsedVersion } from '../../core/api/definitions.ts';
import type { DefinitionVersion, LibraryItem, VersionSummary } from '../../core/api/library.ts';
import type { ApplyResult, RunSummary } from '../../core/api/objects.ts';
import { createSetting, type Setting } from './setting.ts';

let setting: Setting;
beforeAll(async () => {
  setting = await createSetting({ temporal: true });
});

async function apply(content: string, note = ''): Promise<ApplyResult['saved']> {
  const body = { files: [{ name: 'a.yaml', content }], note };
  return (await setting.call<ApplyResult>('POST', '/apply', body)).body.saved;
}
const items = async <Item>(path: string) =>
  (await setting.call<{ items: Item[]; next: string | null }>('GET', path)).body;
const job = (name: string, body = "actions: [{ run: 'true' }]") => `kind: Job\nname: ${name}\n${body}\n`;
const names = (found: readonly { kind: string; name: string }[]) => found.map(({ kind, name }) => `${kind} ${name}`);

describe('versions', () => {
  test('are listed a page at a time, with author and note, and read one by one', async () => {
    for (let n = 1; n <= 5; n += 1)
      await apply(job('paged', `description: v${n}\nactions: [{ run: 'true' }]`), `note ${n}`);
    const path = '/definitions/Job/paged/versions';
    const first = await items<VersionSummary>(`${path}?limit=2`);
    expect(first.items.map(({ version, note, author }) => [version, note, author])).toEqual([
      [5, 'note 5', 'local/admin'],
      [4, 'note 4', 'local/admin'],
    ]);
    await apply(job('paged', "description: v6\nactions: [{ run: 'true' }]"));
    const second = await items<VersionSummary>(`${path}?limit=2&cursor=${first.next}`);
    expect(second.items.map(({ version }) => version)).toEqual([3, 2]);
    const last = await items<VersionSummary>(`${path}?limit=2&cursor=${second.next}`);
    expect(last).toMatchObject({ items: [{ version: 1 }], next: null });
    const { body } = await setting.call<DefinitionVersion>('GET', `${path}/2`);
    expect(body).toMatchObject({ version: 2, note: 'note 2', spec: { description: 'v2' }, isNewest: false });
    expect((await setting.call<DefinitionVersion>('GET', `${path}/6`)).body.isNewest).toBe(true);
  });

  test('that are not there, and numbers that are none, are refused', async () => {
    const path = '/definitions/Job/paged/versions';
    expect(await setting.refused('GET', `${path}/7`)).toMatchObject({ status: 404, remedy: 'Its newest is 6.' });
    expect(await setting.refused('GET', '/definitions/Job/pagde/versions/1')).toMatchObject({
      status: 404,
      detail: expect.stringContaining('did you mean "paged"?'),
    });
    expect(await setting.refused('GET', '/definitions/Job/nowhere-at-all/versions')).toMatchObject({ status: 404 });
    for (const wrong of ['0', '-1', '1.5', 'one', '99999999999999999999', '%00']) {
      expect(await setting.refused('GET', `${path}/${wrong}`)).toMatchObject({ status: 400 });
      expect(await setting.refused('GET', `${path}?cursor=${wrong}`)).toMatchObject({ status: 400 });
    }
  });
});

describe('what uses what', () => {
  const library = (build: string) =>
    [
      job('build', `actions: [{ announce: { text: x } }, { run: '${build}' }]`),
      'kind: Action\nname: announce\nparams: [{ name: text, type: string }]\nrun: "true"\n',
      'kind: Engine\nname: box\ntype: local\ndescription: A box\nsetup: { job: prepare }\n',
      job('prepare'),
      'kind: Pipeline\nname: product\nengine: box\njobs: [{ name: a, job: build }, { name: b, requires: [a], actions: [{ run: "true" }] }]\n',
      'kind: Pipeline\nname: outer\njobs: [{ pipeline: product }]\n',
    ].join('---\n');

  const usesOf = async (name: string, version: number) =>
    (await setting.call<DefinitionVersion>('GET', `/definitions/Pipeline/${name}/versions/${version}`)).body.uses.map(
      (one) => `${one.name} ${one.version}`,
    );

  test('is known of calls, Actions, Engines and their hooks', async () => {
    await apply(library('one'));
    const users = async (kind: string, name: string) =>
      names((await items<LibraryItem>(`/definitions/${kind}/${name}/users`)).items);
    expect(await users('Job', 'build')).toEqual(['Pipeline product']);
    expect(await users('Action', 'announce')).toEqual(['Job build']);
    expect(await users('Engine', 'box')).toEqual(['Pipeline product']);
    expect(await users('Job', 'prepare')).toEqual(['Engine box']);
    expect(await users('Pipeline', 'product')).toEqual(['Pipeline outer']);
    expect(await users('Pipeline', 'outer')).toEqual([]);
    const { items: jobs } = await items<LibraryItem>('/library?kind=Job&q=build');
    expect(jobs).toMatchObject([{ name: 'build', users: 1, version: 1, author: 'local/admin', parameters: [] }]);
    expect((await items<LibraryItem>('/library?name=box')).items).toMatchObject([
      { kind: 'Engine', type: 'local', description: 'A box', users: 1 },
    ]);
  });

  test('in which versions, at any remove, is told of a version and of a run', async () => {
    expect(await usesOf('outer', 1)).toEqual(['announce 1', 'box 1', 'build 1', 'prepare 1', 'product 1']);
    const start = async () => (await setting.call<RunSummary>('POST', '/pipelines/outer/runs', {})).body;
    const usesOfRun = async (run: RunSummary) =>
      names((await items<UsedVersion>(`/runs/${run.id}/uses`)).items.filter(({ version }) => version === 2));
    const before = await start();
    // Also where the plan stays the same.
    await apply(`${job('build', "actions: [{ announce: { text: x } }, { run: 'one' }]")}# a comment\n`);
    await apply(job('prepare', "actions: [{ run: 'other' }]"));
    expect(await usesOf('outer', 1)).toEqual(['announce 1', 'box 1', 'build 2', 'prepare 2', 'product 1']);
    const after = await start();
    expect(await usesOfRun(before)).toEqual([]);
    expect(await usesOfRun(after)).toEqual(['Job build', 'Job prepare']);
    const { pool } = setting.db;
    await pool.query(`update runs set status = 'failed', "endedAt" = now() where id = $1`, [before.id]);
    const { body: retried } = await setting.call<RunSummary>('POST', `/runs/${before.id}/retry`, {});
    expect(await usesOfRun(retried)).toEqual([]);
    const newest = await setting.call<RunSummary>('POST', `/runs/${before.id}/fork`, { version: 'newest' });
    expect(await usesOfRun(newest.body)).toEqual(['Job build', 'Job prepare']);
  });

  test('follows what changes: calls that go, names that come to mean something', async () => {
    await apply('kind: Pipeline\nname: outer\njobs: [{ name: a, engine: local, actions: [{ run: "true" }] }]\n');
    expect((await items<LibraryItem>('/definitions/Pipeline/product/users')).items).toEqual([]);
    expect(await usesOf('outer', 2)).toEqual([]);
    expect(await usesOf('outer', 1)).toContain('product 1');
    await apply('kind: Engine\nname: local\ntype: local\n');
    expect(names((await items<LibraryItem>('/definitions/Engine/local/users')).items)).toContain('Pipeline outer');
    expect(await usesOf('outer', 2)).toEqual(['local 1']);
  });

  test('holds what is used in place, with the callers as definitions', async () => {
    expect(await setting.refused('DELETE', '/definitions/Engine/box')).toMatchObject({
      status: 409,
      problems: [{ definition: { kind: 'Pipeline', name: 'product', version: 1 } }],
    });
  });
});

describe('the library', () => {
  test('is listed by kind, a page at a time, and found by part of a name, whatever it holds', async () => {
    await apply(['page-a', 'page-b', 'page-c'].map((name) => job(name)).join('---\n'));
    const first = await items<LibraryItem>('/library?kind=Job&q=page-&limit=2');
    expect(first.items.map(({ name }) => name)).toEqual(['page-a', 'page-b']);
    const second = await items<LibraryItem>(`/library?kind=Job&q=page-&limit=2&cursor=${first.next}`);
    expect(second).toMatchObject({ items: [{ name: 'page-c' }], next: null });
    expect((await items(`/library?q=${encodeURIComponent("%'; drop table runs")}`)).items).toEqual([]);
    expect(await setting.refused('GET', '/library?kind=Credential')).toMatchObject({ status: 400 });
  });

  test('is exported as one file, which applied changes nothing', async () => {
    const response = await setting.request('/api/v1/definitions/export', {
      headers: { authorization: `Bearer ${setting.token}` },
    });
    const saved = await apply(await response.text());
    expect(saved.length).toBeGreaterThan(8);
    expect(saved.filter(({ change }) => change !== 'unchanged')).toEqual([]);
  });
});
