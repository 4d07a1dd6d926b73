// Before any schema is made, as it gives schemas what documents of the API need.
import '@hono/zod-openapi';
import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { MadeSecret } from '../../core/api/credentials.ts';
import { createGeneratedSecrets } from '../../platform/credentials/generated.ts';
import { temporaryFolder } from '../e2e/palvella.ts';
import { createSetting, type Setting } from './setting.ts';

let setting: Setting;
beforeAll(async () => {
  setting = await createSetting({ temporal: false });
  await setting.apply(
    [
      'kind: Credential\nname: made\ntype: Text\ndata: { text: { generated: true } }\n',
      'kind: Credential\nname: two\ntype: Pair\ndata: { a: { generated: true }, b: { generated: true } }\n',
      'kind: Credential\nname: read\ntype: Text\ndata: { text: { from_environment: X } }\n',
    ].join('---\n'),
  );
});

const make = async (name: string, body: object = {}) =>
  (await setting.call<MadeSecret>('POST', `/credentials/${name}/generate`, body)).body;
const value = (name: string) => setting.services.credentials.value({ name });

test('a value is made, shown once, and kept encrypted', async () => {
  await expect(value('made')).rejects.toMatchObject({
    code: 'credential_unavailable',
    message: expect.stringContaining('no value yet'),
  });
  const made = await make('made');
  expect(made).toEqual({ property: 'text', value: expect.stringMatching(/^[\w-]{43}$/) });
  expect(await value('made')).toBe(made.value);
  const { rows } = await setting.db.pool.query<{ sealed: Buffer }>('select sealed from generated_secrets');
  expect(rows[0]?.sealed.toString('latin1')).not.toContain(made.value);
  const audited = JSON.stringify(await setting.services.audit.list({ limit: 50 }));
  expect(audited).toContain('/credentials/made/generate');
  expect(audited).not.toContain(made.value);
  const definition = await setting.call('GET', '/definitions/Credential/made');
  expect(JSON.stringify(definition.body)).not.toContain(made.value);
});

test('a new one takes the place of the last', async () => {
  const [first, second] = [await make('made'), await make('made')];
  expect(first.value).not.toBe(second.value);
  expect(await value('made')).toBe(second.value);
});

test('what is moved to another Credential opens nowhere, nor what was changed', async () => {
  await make('two', { property: 'a' });
  await make('two', { property: 'b' });
  const { pool } = setting.db;
  const read = (property: string) => setting.services.credentials.value({ name: 'two', property });
  await pool.query(
    `update generated_secrets g set sealed = o.sealed from generated_secrets o
     where g."definitionId" = o."definitionId" and g.property = 'a' and o.property = 'b'`,
  );
  await expect(read('a')).rejects.toMatchObject({ code: 'credential_unavailable' });
  await pool.query(`update generated_secrets set sealed = set_byte(sealed, 40, 0) where property = 'b'`);
  await expect(read('b')).rejects.toMatchObject({ code: 'credential_unavailable' });
});

test('one that is in use stays, and who uses it is named', async () => {
  const made = await make('made');
  await setting.apply(`kind: Trigger
name: hook
github: { secret: { from_credential: made }, events: [push] }
---
kind: Pipeline
name: uses-it
jobs: [{ name: a, actions: [{ run: 'true', environ: { KEY: { from_credential: made } } }] }]
`);
  const refused = await setting.refused('DELETE', '/definitions/Credential/made');
  expect(refused).toMatchObject({
    status: 409,
    detail: expect.stringContaining('The Credential made is still used'),
    problems: [
      { file: 'saved Pipeline uses-it', message: expect.stringContaining('takes the Credential made') },
      { file: 'saved Trigger hook', line: 3 },
    ],
  });
  expect(await value('made')).toBe(made.value);
  await setting.call('DELETE', '/definitions/Trigger/hook');
  await setting.call('DELETE', '/definitions/Pipeline/uses-it');
});

test('with the Credential its value goes', async () => {
  await make('made');
  await setting.call('DELETE', '/definitions/Credential/made');
  await setting.apply('kind: Credential\nname: made\ntype: Text\ndata: { text: { generated: true } }\n');
  await expect(value('made')).rejects.toMatchObject({ message: expect.stringContaining('no value yet') });
});

test.each([
  ['nope', {}, 404, 'no Credential'],
  ['read', {}, 409, 'None of its values is made by the server'],
  ['two', {}, 409, 'Those that are: a, b'],
  ['two', { property: 'c' }, 409, 'Those that are: a, b'],
])('%s %j is refused', async (name, body, status, detail) => {
  const refused = await setting.refused('POST', `/credentials/${name}/generate`, body);
  expect([refused.status, refused.detail]).toEqual([status, expect.stringContaining(detail)]);
});

test('the key is made once, by whoever is first, and read by its owner alone', async () => {
  const dataDir = temporaryFolder();
  const of = (environment: Record<string, string> = {}) =>
    createGeneratedSecrets({ pool: setting.db.pool, dataDir, environment });
  const made = await Promise.all(Array.from({ length: 8 }, () => of().make('made', undefined, 'test')));
  const { rows } = await setting.db.pool.query<{ id: string }>(`select id from definitions where name = 'made'`);
  const owner = { definitionId: rows[0]?.id ?? '', name: 'made', property: 'text' };
  expect(made.map((each) => each.value)).toContain(await of().read(owner));
  const file = join(dataDir, 'secret.key');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  const key = await readFile(file, 'utf8');
  await rm(file);
  expect(await of({ PALVELLA_SECRET_KEY: key }).read(owner)).toBe(await of({ PALVELLA_SECRET_KEY: key }).read(owner));
  await expect(of().read(owner)).rejects.toMatchObject({ message: expect.stringContaining('cannot be decrypted') });
  await expect(of({ PALVELLA_SECRET_KEY: 'short' }).read(owner)).rejects.toMatchObject({
    message: expect.stringContaining('32 bytes'),
  });
});
