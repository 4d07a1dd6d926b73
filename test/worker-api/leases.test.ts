// Before any schema is made, as it adds to all that are made after it.
import '@hono/zod-openapi';

import { beforeAll, describe, expect, test } from 'vitest';
import type { JobKey } from '../../core/keys.ts';
import type { JobPlan, Value } from '../../core/plan.ts';
import { createCredentials, createSources } from '../../platform/credentials/index.ts';
import type { ApiClient } from '../../workers/engine/api-client.ts';
import { createHttpSetting, type HttpSetting } from './setting.ts';

let setting: HttpSetting;
let api: ApiClient;
beforeAll(async () => {
  setting = await createHttpSetting({
    PALVELLA_CREDENTIAL_SOURCES: 'TOKEN,USER_NAME',
    TOKEN: 'secret',
    USER_NAME: 'ada',
    OTHER: 'no',
  });
  await setting.apply(`kind: Credential
name: token
type: Text
data: { text: { from_environment: TOKEN } }
---
kind: Credential
name: login
type: UsernameAndPassword
data: { username: { from_environment: USER_NAME }, password: { from_environment: TOKEN } }
---
kind: Credential
name: hidden
type: Text
data: { text: { from_environment: OTHER } }
`);
  api = setting.client();
  await api.hello({ id: 'w', host: 'h', os: 'linux', arch: 'x64', engines: [], labels: {}, capacity: 1 });
});

function jobOf(name: string, input: Record<string, Value>): JobPlan {
  const engine = { name: 'local', type: 'local', settings: {}, requires: {} };
  const action = {
    name: 'step',
    type: 'run',
    engine,
    requires: [],
    onSuccess: 'continue success' as const,
    onFailure: 'end failure' as const,
    place: 'job' as const,
    idempotent: false,
    input,
    needsText: false,
  };
  return { name, requires: [], when: 'success', params: [], args: {}, body: { kind: 'actions', actions: [action] } };
}
const credential = (name: string, property?: string): Value => ({
  credential: property === undefined ? { name } : { name, property },
});

async function jobApi(inputs: Record<string, Value>, { path = 'a', others = [] as JobPlan[] } = {}) {
  const runId = await setting.run({ jobs: [jobOf('a', inputs), ...others] });
  const job: JobKey = { runId, jobPath: path, jobAttempt: 1 };
  await setting.tell(runId, path);
  const answer = await api.claim(job, 'w');
  if (!('jobToken' in answer)) throw new Error('not claimed');
  return { job, mine: api.job(() => Promise.resolve(answer.jobToken)), token: answer.jobToken };
}

describe('a lease', () => {
  test('gives what the Job names, in the order asked for, and is written down', async () => {
    const nested: Value = { object: { deep: { list: [credential('login', 'password')] } } };
    const { job, mine } = await jobApi({
      environ: nested,
      x: credential('login', 'username'),
      y: credential('token'),
    });
    const names = [{ name: 'login', property: 'username' }, { name: 'token' }, { name: 'login', property: 'password' }];
    expect(await mine.lease(names)).toEqual(['ada', 'secret', 'secret']);
    const { rows } = await setting.db.pool.query<{ what: string; detail: object }>(
      `select who, what, detail from audit_entries where method = 'credentialRead' and detail->>'job' = $1 order by id`,
      [job.jobPath],
    );
    expect(rows.slice(-3)).toMatchObject([
      { who: 'worker/local', what: 'login.username', detail: { worker: 'w', run: expect.stringContaining('test/') } },
      { what: 'token' },
      { what: 'login.password' },
    ]);
    expect(JSON.stringify(rows)).not.toContain('secret');
  });

  test('gives what the Job itself names, also where for_each made it, and not what its neighbours do', async () => {
    const forEach = { literal: ['x'] };
    const inner = { ...jobOf('in', { x: credential('token') }), forEach };
    const group: JobPlan = { ...jobOf('group', {}), forEach, body: { kind: 'jobs', scope: 'inherit', jobs: [inner] } };
    const named = { y: credential('login', 'username') };
    const { mine } = await jobApi(named, { path: 'group[3]/in[0]', others: [group] });
    expect(await mine.lease([{ name: 'token' }])).toEqual(['secret']);
    const foreign = [{ name: 'login', property: 'username' }];
    await expect(mine.lease(foreign)).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('gives what the setup and the teardown of its Engines name', async () => {
    const bodyOf = (name: string, value: Value) => {
      const { body } = jobOf(name, { x: value });
      return body.kind === 'actions' ? body.actions : [];
    };
    const hook = (actions: ReturnType<typeof bodyOf>) => ({ job: 'up', params: [], args: {}, actions });
    const hooks = [
      {
        name: 'box',
        setup: hook(bodyOf('s', credential('token'))),
        teardown: hook(bodyOf('t', credential('login', 'username'))),
      },
    ];
    const [action] = bodyOf('b', { literal: 1 });
    if (action === undefined) throw new Error('no Action');
    const actions = [{ ...action, hook: 'box' }];
    const { mine } = await jobApi(
      {},
      { path: 'b', others: [{ ...jobOf('b', {}), body: { kind: 'actions', actions, hooks } }] },
    );
    expect(await mine.lease([{ name: 'token' }, { name: 'login', property: 'username' }])).toEqual(['secret', 'ada']);
  });

  test('of what the Job does not name is refused, and written down', async () => {
    const literal: Value = { literal: { credential: { name: 'token' } } };
    const { mine } = await jobApi({ x: literal, y: credential('login', 'username') });
    for (const name of [
      { name: 'token' },
      { name: 'login' },
      { name: 'login', property: 'password' },
      { name: 'nothing' },
    ]) {
      await expect(mine.lease([{ name: 'login', property: 'username' }, name])).rejects.toMatchObject({
        code: 'forbidden',
      });
    }
    const { rows } = await setting.db.pool.query<{ refused: string }>(
      `select detail->>'refused' as refused from audit_entries where method = 'credentialRead' order by id desc limit 4`,
    );
    expect(rows.every(({ refused }) => refused.includes('does not name'))).toBe(true);
  });

  test('says what is wrong with a Credential, and what to do', async () => {
    const { mine } = await jobApi({
      a: credential('login'),
      b: credential('login', 'key'),
      c: credential('hidden'),
      d: credential('unsaved'),
    });
    const said: [{ name: string; property?: string }, RegExp, RegExp][] = [
      [{ name: 'login' }, /several properties/, /password, username.*property:/],
      [{ name: 'login', property: 'key' }, /no property key/, /It has password, username/],
      [{ name: 'hidden' }, /OTHER was not named/, /PALVELLA_CREDENTIAL_SOURCES/],
      [{ name: 'unsaved' }, /no Credential unsaved/, /palvella apply/],
    ];
    for (const [name, message, remedy] of said) {
      await expect(mine.lease([name])).rejects.toMatchObject({
        code: 'credential_unavailable',
        message: expect.stringMatching(message),
        remedy: expect.stringMatching(remedy),
      });
    }
  });

  test('is for the Worker that has the Job, while its run goes on', async () => {
    const { job, mine } = await jobApi({ x: credential('token') });
    await setting.db.pool.query(`update claims set "workerId" = 'another' where "runId" = $1`, [job.runId]);
    await expect(mine.lease([{ name: 'token' }])).rejects.toMatchObject({ code: 'forbidden' });
    await setting.db.pool.query(`update claims set "workerId" = 'w' where "runId" = $1`, [job.runId]);
    expect(await mine.lease([{ name: 'token' }])).toEqual(['secret']);
    await setting.db.pool.query(`update runs set status = 'stopped' where id = $1`, [job.runId]);
    await expect(mine.lease([{ name: 'token' }])).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('that cannot be written down is not given', async () => {
    const { job } = await jobApi({ x: credential('token') });
    const credentials = createCredentials({
      pool: setting.db.pool,
      sources: createSources({ PALVELLA_CREDENTIAL_SOURCES: 'TOKEN', TOKEN: 'secret' }),
      generated: setting.services.generatedSecrets,
      audit: { record: () => Promise.reject(new Error('the disk is full')) },
    });
    const to = { runId: job.runId, jobPath: 'a', workerId: 'w', owner: 'worker/local' };
    await expect(credentials.lease([{ name: 'token' }], to)).rejects.toThrow('the disk is full');
  });
});
