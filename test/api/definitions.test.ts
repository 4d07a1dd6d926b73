import { beforeAll, describe, expect, test } from 'vitest';
import type { VersionSummary } from '../../core/api/library.ts';
import type { ApplyResult, Definition, PipelineSummary } from '../../core/api/objects.ts';
import { createSetting, type Setting } from './setting.ts';

let setting: Setting;
beforeAll(async () => {
  setting = await createSetting({ temporal: false });
});

const pipeline = (name: string, more = '') =>
  `kind: Pipeline\nname: ${name}\njobs:\n  - name: a\n    actions: [{ run: 'true' }]\n${more}`;

async function apply(content: string): Promise<ApplyResult['saved']> {
  return (await setting.call<ApplyResult>('POST', '/apply', { files: [{ name: 'a.yaml', content }] })).body.saved;
}

async function planOf(name: string): Promise<string | null> {
  const { rows } = await setting.db.pool.query<{ planId: string | null }>(
    `select v."planId" from definitions d join definition_versions v on v."definitionId" = d.id and v.version = d.version
     where d.name = $1`,
    [name],
  );
  return rows[0]?.planId ?? null;
}

async function count(table: string): Promise<number> {
  return (await setting.db.pool.query<{ n: number }>(`select count(*)::int n from ${table}`)).rows[0]?.n ?? -1;
}

describe('apply', () => {
  test('creates, leaves what is the same, and makes a version of what changed', async () => {
    expect(await apply(pipeline('one'))).toEqual([{ kind: 'Pipeline', name: 'one', version: 1, change: 'created' }]);
    expect(await apply(pipeline('one'))).toEqual([{ kind: 'Pipeline', name: 'one', version: 1, change: 'unchanged' }]);
    const changed = await apply(pipeline('one', '# a comment counts\n'));
    expect(changed).toEqual([{ kind: 'Pipeline', name: 'one', version: 2, change: 'changed' }]);
    const { body } = await setting.call<Definition>('GET', '/definitions/Pipeline/one');
    expect(body.source).toContain('# a comment counts');
  });

  test('saves nothing where one thing of many is wrong', async () => {
    const before = [await count('definitions'), await count('plans'), await count('requirement_queues')];
    const content = `${pipeline('fine')}---\n${pipeline('wrong', '    colour: red\n')}`;
    const problem = await setting.refused('POST', '/apply', { files: [{ name: 'a.yaml', content }] });
    expect(problem).toMatchObject({ status: 422, code: 'invalid_file', problems: [{ file: 'a.yaml', line: 12 }] });
    expect([await count('definitions'), await count('plans'), await count('requirement_queues')]).toEqual(before);
    const validated = await setting.call<{ problems: unknown[] }>('POST', '/validate', {
      files: [{ name: 'a.yaml', content }],
    });
    expect(validated.body.problems).toHaveLength(1);
  });

  test('gives what uses a changed Job of the library its new plan', async () => {
    const library = (command: string) => `kind: Job\nname: shared\nactions: [{ run: ${command} }]\n`;
    await apply(`${library('one')}---\nkind: Pipeline\nname: user\njobs: [{ name: a, job: shared }]\n`);
    const before = await planOf('user');
    await apply(library('two'));
    expect(await planOf('user')).not.toBe(before);
    await apply(library('one'));
    expect(await planOf('user')).toBe(before);
    expect((await setting.call<Definition>('GET', '/definitions/Pipeline/user')).body.version).toBe(1);
  });

  test('of two that contradict each other at the same time, one is refused', async () => {
    await apply('kind: Job\nname: base\nparams: [{ name: x, type: string }]\nactions: [{ run: "true" }]\n');
    for (let round = 0; round < 5; round += 1) {
      // The one needs the param, the other takes it away.
      const results = await Promise.allSettled([
        apply(`kind: Pipeline\nname: needs-x\njobs: [{ name: a, job: base, args: { x: r${round} } }]\n`),
        apply(`kind: Job\nname: base\nactions: [{ run: round-${round} }]\n`),
      ]);
      expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      for (const [kind, name] of [
        ['Pipeline', 'needs-x'],
        ['Job', 'base'],
      ]) {
        await setting.call('DELETE', `/definitions/${kind}/${name}`).catch(() => {});
      }
      await apply('kind: Job\nname: base\nparams: [{ name: x, type: string }]\nactions: [{ run: "true" }]\n');
    }
  });

  test('the same file at the same time makes one version', async () => {
    const all = await Promise.all(Array.from({ length: 8 }, () => apply(pipeline('many'))));
    expect(all.flat().filter(({ change }) => change === 'created')).toHaveLength(1);
    expect(all.flat().every(({ version }) => version === 1)).toBe(true);
  });

  describe('with what the author read', () => {
    const save = (content: string, version: number | null, name = 'edited') => ({
      files: [{ name: 'a.yaml', content }],
      expect: [{ kind: 'Pipeline', name, version }],
    });
    const post = (body: unknown) => setting.call<ApplyResult>('POST', '/apply', body);

    test('refuses to overwrite what another saved since, and says what that is', async () => {
      await post(save(pipeline('edited'), null));
      await post(save(pipeline('edited', '# first\n'), 1));
      const late = `${pipeline('edited', '# second\n')}---\n${pipeline('beside')}`;
      const problem = await setting.refused('POST', '/apply', save(late, 1));
      expect(problem).toMatchObject({
        status: 409,
        code: 'conflict',
        detail: expect.stringContaining('version 2 is by local/admin'),
        problems: [{ definition: { kind: 'Pipeline', name: 'edited', version: 2, author: 'local/admin' } }],
      });
      const savedAt = problem.problems?.[0]?.definition?.savedAt ?? '';
      const { body } = await setting.call<Definition>('GET', '/definitions/Pipeline/edited');
      expect(body).toMatchObject({ version: 2, createdAt: savedAt, source: expect.stringContaining('# first') });
      expect(await setting.refused('GET', '/definitions/Pipeline/beside')).toMatchObject({ status: 404 });
    });

    test('refuses to make what another made, and to bring back what another removed', async () => {
      expect(await setting.refused('POST', '/apply', save(pipeline('edited', '# third\n'), null))).toMatchObject({
        status: 409,
        problems: [{ message: expect.stringContaining('is there already'), definition: { version: 2 } }],
      });
      await setting.call('DELETE', '/definitions/Pipeline/edited');
      expect(await setting.refused('POST', '/apply', save(pipeline('edited'), 2))).toMatchObject({
        status: 409,
        problems: [{ definition: { version: null, author: null, savedAt: null } }],
      });
      expect(await setting.refused('POST', '/apply', save(pipeline('edited'), 0))).toMatchObject({ status: 400 });
    });

    test('refuses to overwrite what has the name now, after it was removed or renamed and made anew', async () => {
      await apply(pipeline('anew'));
      await setting.call('DELETE', '/definitions/Pipeline/anew');
      await apply(pipeline('anew', '# another\n'));
      expect(await setting.refused('POST', '/apply', save(pipeline('anew'), 1, 'anew'))).toMatchObject({
        status: 409,
        problems: [{ definition: { version: 2 } }],
      });
      await setting.call('POST', '/definitions/Pipeline/anew/rename', { to: 'elsewhere', version: 2 });
      await apply(pipeline('anew', '# a third\n'));
      const { body } = await setting.call<{ items: VersionSummary[] }>('GET', '/definitions/Pipeline/anew/versions');
      expect(body.items).toMatchObject([{ version: 3, previous: null }]);
    });

    test('lets one of many who save at the same time win', async () => {
      await apply(pipeline('raced'));
      for (let version = 1; version <= 3; version += 1) {
        const results = await Promise.allSettled(
          Array.from({ length: 6 }, (_, at) => post(save(pipeline('raced', `# ${version} ${at}\n`), version, 'raced'))),
        );
        expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      }
      const { body } = await setting.call<Definition>('GET', '/definitions/Pipeline/raced');
      expect(body.version).toBe(4);
    });
  });

  test('names the queues that Workers serve', async () => {
    await apply(
      'kind: Pipeline\nname: queues\njobs:\n  - { name: a, runs_on: { gpu: "yes" }, actions: [{ run: "true" }] }\n  - { name: b, actions: [{ http: { url: "https://example.test" } }] }\n',
    );
    const { rows } = await setting.db.pool.query<{ queue: string }>('select queue from requirement_queues');
    expect(rows.map(({ queue }) => queue)).toEqual(
      expect.arrayContaining(['engine/local?gpu=yes', 'engine/native', 'engine/local']),
    );
  });

  test('a character that the database cannot hold is refused, not an error of ours', async () => {
    const content = 'kind: Pipeline\nname: nul\njobs:\n  - name: a\n    actions: [{ run: "a\\0b" }]\n';
    const problem = await setting.refused('POST', '/apply', { files: [{ name: 'a.yaml', content }] });
    expect(problem.status).toBeLessThan(500);
  });
});

describe('a definition', () => {
  test('is read by kind and name, or refused with the nearest', async () => {
    await apply(pipeline('nearest'));
    expect((await setting.call<Definition>('GET', '/definitions/Pipeline/nearest')).body).toMatchObject({
      kind: 'Pipeline',
      name: 'nearest',
      spec: { name: 'nearest' },
    });
    expect(await setting.refused('GET', '/definitions/Pipeline/nearset')).toMatchObject({
      status: 404,
      detail: expect.stringContaining('did you mean "nearest"?'),
    });
    expect(await setting.refused('GET', '/definitions/Thing/nearest')).toMatchObject({ status: 400 });
  });

  test('gets one property set, comments and all else kept', async () => {
    const source = `# Greets.\nkind: Pipeline\nname: greet\nparameters:\n  - { name: whom, type: string, default: world } # all\njobs:\n  - name: a\n    actions: [{ run: 'true' }] # done\n`;
    await apply(source);
    const path = '/definitions/Pipeline/greet/properties/parameters.0.default';
    expect((await setting.call('GET', path)).body).toEqual({ value: 'world' });
    const { body } = await setting.call<Definition>('PUT', path, { value: 'nobody' });
    expect(body).toMatchObject({ version: 2, source: source.replace('world', 'nobody') });
    expect((await setting.call('GET', path)).body).toEqual({ value: 'nobody' });
    expect(await setting.refused('PUT', path, { value: 7 })).toMatchObject({ code: 'invalid_file' });
    expect(await setting.refused('PUT', path.replace('default', 'colour'), { value: 1 })).toMatchObject({
      status: 422,
    });
    expect(await setting.refused('PUT', path.replace('0', '7'), { value: 1 })).toMatchObject({ status: 404 });
    const again = await setting.call<Definition>('GET', '/definitions/Pipeline/greet');
    expect(again.body.version).toBe(2);
  });

  test('is removed unless something uses it, and comes back anew', async () => {
    await apply(
      'kind: Job\nname: used\nactions: [{ run: "true" }]\n---\nkind: Pipeline\nname: uses\njobs: [{ name: a, job: used }]\n',
    );
    const refused = await setting.refused('DELETE', '/definitions/Job/used');
    expect(refused).toMatchObject({
      status: 409,
      problems: [{ file: 'saved Pipeline uses', definition: { kind: 'Pipeline', name: 'uses', version: 1 } }],
    });
    for (const [kind, name] of [
      ['Pipeline', 'uses'],
      ['Job', 'used'],
    ]) {
      const { body } = await setting.call('DELETE', `/definitions/${kind}/${name}`);
      expect(body).toEqual({ removed: [{ kind, name }] });
    }
    expect(await setting.refused('DELETE', '/definitions/Job/used')).toMatchObject({ status: 404 });
  });

  test('is not removed while another waits for a Trigger that would go along', async () => {
    await apply(
      `${pipeline('started')}---
kind: Trigger
name: goes-along
rest: {}
runs: [{ pipeline: started }]
---
kind: Pipeline
name: waiter
jobs: [{ name: a, actions: [{ name: hold, wait: { trigger: goes-along } }] }]
`,
    );
    const refused = await setting.refused('DELETE', '/definitions/Pipeline/started');
    expect(refused).toMatchObject({
      status: 409,
      detail: expect.stringContaining('The Trigger goes-along is still used, so the Pipeline started'),
      problems: [{ file: 'saved Pipeline waiter', definition: { kind: 'Pipeline', name: 'waiter', version: 1 } }],
    });
    await setting.call('DELETE', '/definitions/Pipeline/waiter');
    const removed = [
      { kind: 'Pipeline', name: 'started' },
      { kind: 'Trigger', name: 'goes-along' },
    ];
    expect((await setting.call('DELETE', '/definitions/Pipeline/started')).body).toEqual({ removed });
  });
});

describe('lists', () => {
  test('go on where they stopped, also when names come in between', async () => {
    for (const name of ['page-a', 'page-c', 'page-e', 'page-g']) await apply(pipeline(name));
    const list = async (query: string) =>
      (
        await setting.call<{ items: PipelineSummary[]; next: string | null }>(
          'GET',
          `/pipelines?q=page-&limit=2${query}`,
        )
      ).body;
    const first = await list('');
    expect(first.items.map(({ name }) => name)).toEqual(['page-a', 'page-c']);
    await apply(pipeline('page-b'));
    const second = await list(`&cursor=${first.next}`);
    expect(second.items.map(({ name }) => name)).toEqual(['page-e', 'page-g']);
    expect(second.next).toBeNull();
  });

  test('find by part of a name, whatever it holds', async () => {
    const found = async (q: string) =>
      (await setting.call<{ items: unknown[] }>('GET', `/pipelines?q=${encodeURIComponent(q)}`)).body.items.length;
    expect(await found('PAGE-')).toBeGreaterThanOrEqual(4);
    expect(await found('%')).toBe(0);
    expect(await found("'; drop table runs; --")).toBe(0);
  });

  test('hold a Pipeline with its parameters', async () => {
    await apply(
      'kind: Pipeline\nname: shaped\ndescription: Shaped\nparameters: [{ name: n, type: number, default: 1 }]\njobs: [{ name: a, actions: [{ run: "true" }] }]\n',
    );
    expect((await setting.call<PipelineSummary>('GET', '/pipelines/shaped')).body).toMatchObject({
      name: 'shaped',
      description: 'Shaped',
      parameters: [{ name: 'n', type: 'number', default: 1 }],
      lastRuns: [],
    });
    const { items } = (await setting.call<{ items: Definition[] }>('GET', '/definitions?kind=Job')).body;
    expect(items.every(({ kind }) => kind === 'Job')).toBe(true);
  });
});
