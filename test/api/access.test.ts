import { beforeAll, describe, expect, test } from 'vitest';
import { sessionCookie, sessionOf } from '../../platform/access/index.ts';
import { createSetting, type Setting, url } from './setting.ts';

let setting: Setting;
beforeAll(async () => {
  setting = await createSetting({ temporal: false });
});

interface Operation {
  security?: unknown[];
  'x-permission'?: string;
}

async function operations(): Promise<{ method: string; path: string; operation: Operation }[]> {
  const response = await setting.request('/api/v1/openapi.json');
  const { paths } = (await response.json()) as { paths: Record<string, Record<string, Operation>> };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path: path.replaceAll(/\{\w+\}/g, 'x'),
      operation,
    })),
  );
}

async function statusOf(method: string, path: string, headers: Record<string, string>): Promise<number> {
  const body = method === 'GET' ? null : '{}';
  return (await setting.request(path, { method, headers: { 'content-type': 'application/json', ...headers }, body }))
    .status;
}

/** Signs in as a browser does; answers with its cookie. */
async function signIn(): Promise<string> {
  const link = await setting.services.access.sessions.createLink();
  const response = await session(link);
  expect(response.status).toBe(200);
  return (response.headers.get('set-cookie') ?? '').split(';')[0] as string;
}

function session(link: string, headers: Record<string, string> = { origin: url }): Promise<Response> {
  return setting.request('/api/v1/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ link }),
  });
}

describe('every route', () => {
  test('says which right it needs, or that it needs none', async () => {
    const all = await operations();
    expect(all.length).toBeGreaterThan(25);
    const open = all.filter(({ operation }) => operation['x-permission'] === undefined);
    expect(open.map(({ method, path }) => `${method} ${path}`).sort()).toEqual([
      'GET /api/v1/openapi.json',
      'GET /api/v1/schema.json',
      'POST /api/v1/hooks/x',
      'POST /api/v1/session',
    ]);
  });

  test('refuses who is nobody, and who shows something else', async () => {
    for (const { method, path, operation } of await operations()) {
      if (operation['x-permission'] === undefined) continue;
      for (const headers of [
        {},
        { authorization: 'Bearer plv_wrong' },
        { authorization: 'Bearer ' },
        { authorization: `Basic ${setting.token}` },
        { cookie: 'palvella_session=plv_wrong' },
        { cookie: `palvella_session=${setting.token}` },
      ] as Record<string, string>[]) {
        expect([method, path, await statusOf(method, path, headers)]).toEqual([method, path, 401]);
      }
    }
  });

  test("refuses a Worker's token unless it is for Workers", async () => {
    const forWorkers = new Set(['workerServe', 'credentialRead', 'fileRead']);
    for (const { method, path, operation } of await operations()) {
      const permission = operation['x-permission'];
      if (permission === undefined || forWorkers.has(permission)) continue;
      const status = await statusOf(method, path, { authorization: `Bearer ${setting.workerToken}` });
      expect([method, path, status]).toEqual([method, path, 403]);
    }
    const { items } = (await setting.call<{ items: { who: string; detail: { refused?: string } }[] }>('GET', '/audit'))
      .body;
    expect(items[0]).toMatchObject({ who: 'worker/local', detail: { refused: expect.any(String) } });
  });
});

test('what is refused is in the audit log, whatever the path holds', async () => {
  const headers = { authorization: `Bearer ${setting.workerToken}` };
  expect((await setting.request('/api/v1/runs/a%00b', { headers })).status).toBe(403);
  expect((await audited())[0]).toBe('GET /api/v1/runs/a\uFFFDb');
});

test('what is done and refused one after another is in the audit log once it is answered, in that order', async () => {
  const done: string[] = [];
  for (let at = 0; at < 30; at += 1) {
    const isAllowed = at % 3 === 0;
    const token = isAllowed ? setting.token : setting.workerToken;
    await statusOf(isAllowed ? 'PUT' : 'DELETE', '/api/v1/pause', { authorization: `Bearer ${token}` });
    done.unshift(`${isAllowed ? 'PUT' : 'DELETE'} /api/v1/pause`);
  }
  expect((await audited()).slice(0, done.length)).toEqual(done);
});

async function audited(): Promise<string[]> {
  const { items } = await setting.services.audit.list({ limit: 50 });
  return items.map(({ what }) => what);
}

describe('a browser', () => {
  test('signs in by a link once, in a cookie that scripts cannot read', async () => {
    const link = await setting.services.access.sessions.createLink();
    const both = await Promise.all([session(link), session(link)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 401]);
    const cookie = both.find(({ status }) => status === 200)?.headers.get('set-cookie');
    expect(cookie).toMatch(/^palvella_session=plv_[\w-]+; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+$/);
  });

  test('keeps the sessions of two servers of one machine apart, which differ by their port alone', () => {
    const [one, other] = ['http://localhost:4600', 'http://localhost:4711'];
    const cookie = [one, other].map((url) => `${sessionCookie(url)}=plv_${url.slice(-4)}`).join('; ');
    const headers = new Headers({ cookie });
    expect([one, other].map((url) => sessionOf(headers, url))).toEqual(['plv_4600', 'plv_4711']);
    expect(sessionOf(headers, 'https://palvella.test')).toBeUndefined();
  });

  test('an older link is worthless once there is a newer', async () => {
    const older = await setting.services.access.sessions.createLink();
    const newer = await setting.services.access.sessions.createLink();
    expect((await session(older)).status).toBe(401);
    expect((await session(newer)).status).toBe(200);
  });

  test('an administrator may make a link, nobody else', async () => {
    const ask = (headers: Record<string, string> = {}) =>
      setting.request('/api/v1/session/link', { method: 'POST', headers });
    expect((await ask()).status).toBe(401);
    expect((await ask({ authorization: `Bearer ${setting.workerToken}` })).status).toBe(403);
    const made = await ask({ authorization: `Bearer ${setting.token}` });
    expect(made.status).toBe(201);
    const { url } = (await made.json()) as { url: string };
    expect((await session(new URL(url).searchParams.get('link') ?? '')).status).toBe(200);
  });

  test('is who its link names, with the roles of that, and may do what a token of these roles may', async () => {
    const asked = { as: 'ann', roles: ['release', 'qa'] };
    const links = [asked, { as: 'bob', roles: ['administrator'] }].map(async (body) => {
      const made = await setting.call<{ url: string }>('POST', '/session/link', body);
      return new URL(made.body.url).searchParams.get('link') as string;
    });
    const [ann, bob] = await Promise.all((await Promise.all(links)).map((link) => session(link)));
    expect(await bob?.json()).toEqual({ name: 'person/bob', roles: ['administrator'] });
    expect(await ann?.json()).toEqual({ name: 'person/ann', roles: ['release', 'qa'] });
    const cookie = (ann?.headers.get('set-cookie') ?? '').split(';')[0] as string;
    const me = await setting.request('/api/v1/session', { headers: { cookie } });
    expect(await me.json()).toEqual({ name: 'person/ann', roles: ['release', 'qa'] });
    const more = await setting.request('/api/v1/session/link', {
      method: 'POST',
      headers: { cookie, origin: url, 'content-type': 'application/json' },
      body: JSON.stringify({ as: 'ann', roles: ['administrator'] }),
    });
    expect(await more.json()).toMatchObject({
      status: 403,
      detail: 'person/ann has no right to this: make and revoke API tokens, and sign people in.',
      remedy: 'Ask an administrator.',
    });
    for (const body of [
      { as: 'ann' },
      { roles: ['qa'] },
      { as: 'local/admin', roles: ['qa'] },
      { as: 'a', roles: [] },
    ]) {
      expect(await setting.refused('POST', '/session/link', body)).toMatchObject({ status: 400 });
    }
    const { body } = await setting.call<{ items: { id: string; kind: string; name: string }[] }>('GET', '/tokens');
    const listed = body.items.find(({ kind, name }) => kind === 'session' && name === 'person/ann');
    expect((await setting.call('DELETE', `/tokens/${listed?.id}`)).status).toBe(204);
    expect(await statusOf('GET', '/api/v1/session', { cookie })).toBe(401);
  });

  test('a link is worthless after its time', async () => {
    const link = await setting.services.access.sessions.createLink();
    await setting.db.pool.query(`update tokens set "expiresAt" = now() - interval '1 second' where kind = 'link'`);
    expect((await session(link)).status).toBe(401);
  });

  test('is not signed in by another site', async () => {
    const link = await setting.services.access.sessions.createLink();
    expect((await session(link, { origin: 'http://elsewhere.test' })).status).toBe(403);
    expect((await session(link)).status).toBe(200);
  });

  test('reads, and changes only from our own pages', async () => {
    const cookie = await signIn();
    expect(await statusOf('GET', '/api/v1/session', { cookie })).toBe(200);
    expect(await statusOf('GET', '/api/v1/session', { cookie, origin: 'http://elsewhere.test' })).toBe(200);
    const post = (headers: Record<string, string>) => statusOf('POST', '/api/v1/validate', { cookie, ...headers });
    expect(await post({ origin: 'http://elsewhere.test' })).toBe(403);
    expect(await post({ origin: 'null' })).toBe(403);
    expect(await post({})).toBe(403);
    expect(await post({ origin: url })).toBe(400);
    expect(await post({ origin: 'http://192.0.2.1:3000', host: '192.0.2.1:3000' })).toBe(400);
  });

  test('is one person: who signs in ends the session that it had, and a link that does not work ends none', async () => {
    const cookie = await signIn();
    expect((await session('plv_wrong', { origin: url, cookie })).status).toBe(401);
    expect(await statusOf('GET', '/api/v1/session', { cookie })).toBe(200);
    const link = await setting.services.access.sessions.createLink({ name: 'ann', roles: ['qa'] });
    expect((await session(link, { origin: url, cookie })).status).toBe(200);
    expect(await statusOf('GET', '/api/v1/session', { cookie })).toBe(401);
  });

  test('signs out for good', async () => {
    const cookie = await signIn();
    expect(await statusOf('DELETE', '/api/v1/session', { cookie, origin: url })).toBe(204);
    expect(await statusOf('GET', '/api/v1/session', { cookie })).toBe(401);
  });
});

describe('a token', () => {
  test('works until it is revoked, and its secret is kept nowhere', async () => {
    const { body } = await setting.call<{ id: string; token: string }>('POST', '/tokens', { name: 'ci' });
    const headers = { authorization: `Bearer ${body.token}` };
    const me = await setting.request('/api/v1/session', { headers });
    expect(await me.json()).toEqual({ name: 'token/ci', roles: ['administrator'] });
    const { rows } = await setting.db.pool.query('select * from tokens');
    expect(JSON.stringify(rows)).not.toContain(body.token);
    expect(JSON.stringify((await setting.call('GET', '/tokens')).body)).not.toContain(body.token);
    expect((await setting.call('DELETE', `/tokens/${body.id}`)).status).toBe(204);
    expect((await setting.request('/api/v1/session', { headers })).status).toBe(401);
    expect(await setting.refused('DELETE', `/tokens/${body.id}`)).toMatchObject({ code: 'not_found' });
  });

  test('of a Worker is looked up once a second at most, and is worthless at once when it is revoked or over', async () => {
    const make = async (expiresAt?: string) =>
      (await setting.call<{ id: string; token: string }>('POST', '/tokens', { name: 'w', kind: 'worker', expiresAt }))
        .body;
    const status = async (token: string) =>
      (await setting.request('/api/v1/session', { headers: { authorization: `Bearer ${token}` } })).status;
    const revoked = await make();
    expect(await status(revoked.token)).toBe(403);
    expect((await setting.call('DELETE', `/tokens/${revoked.id}`)).status).toBe(204);
    expect(await status(revoked.token)).toBe(401);
    const over = await make(new Date(Date.now() + 400).toISOString());
    expect(await status(over.token)).toBe(403);
    await new Promise((resolve) => setTimeout(resolve, 450));
    expect(await status(over.token)).toBe(401);
  });

  test("takes no name that is the server's own, and no time that is over", async () => {
    expect(await setting.refused('POST', '/tokens', { name: 'local/admin' })).toMatchObject({ status: 400 });
    const past = { name: 'late', expiresAt: '2020-01-01T00:00:00Z' };
    expect(await setting.refused('POST', '/tokens', past)).toMatchObject({ status: 400 });
  });

  test('is worthless after its time', async () => {
    const soon = new Date(Date.now() + 60_000).toISOString();
    const { body } = await setting.call<{ id: string; token: string }>('POST', '/tokens', {
      name: 'a',
      expiresAt: soon,
    });
    await setting.db.pool.query(`update tokens set "expiresAt" = now() - interval '1 second' where id = $1`, [body.id]);
    const headers = { authorization: `Bearer ${body.token}` };
    expect((await setting.request('/api/v1/session', { headers })).status).toBe(401);
  });
});

describe('what the API says of itself', () => {
  test('each call with its right and what it takes, and the schema of the language', async () => {
    const told = (await (await setting.request('/api/v1/openapi.json')).json()) as {
      paths: Record<string, Record<string, Record<string, unknown>>>;
    };
    const start = told.paths['/api/v1/pipelines/{name}/runs']?.['post'];
    expect(start).toMatchObject({ 'x-permission': 'executorRun', tags: ['pipelines'] });
    expect(start).toHaveProperty('requestBody');
    for (const call of Object.values(told.paths).flatMap((methods) => Object.values(methods)))
      expect(call['summary']).toBeTruthy();
    const page = await setting.request('/api/v1/docs');
    expect([page.status, page.headers.get('location')]).toEqual([302, '/reference']);
    const schema = (await (await setting.request('/api/v1/schema.json')).json()) as { title: string };
    expect(schema.title).toBe('Palvella');
  });

  test('what is not there, and what is no JSON, is said as a problem', async () => {
    const nothing = await setting.request('/api/v1/nothing');
    expect(nothing.status).toBe(404);
    expect(nothing.headers.get('content-type')).toBe('application/problem+json');
    expect(nothing.headers.get('x-content-type-options')).toBe('nosniff');
    const send = (body: string, type = 'application/json') =>
      setting.request('/api/v1/validate', {
        method: 'POST',
        headers: { authorization: `Bearer ${setting.token}`, 'content-type': type },
        body,
      });
    expect((await send('{')).status).toBe(400);
    expect((await send('{}', 'text/plain')).status).toBe(400);
    const deep = `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`;
    const run = {
      method: 'POST',
      headers: { authorization: `Bearer ${setting.token}`, 'content-type': 'application/json' },
    };
    const body = `{"parameters":${deep}}`;
    expect((await setting.request('/api/v1/pipelines/x/runs', { ...run, body })).status).toBe(400);
    expect((await send(JSON.stringify({ files: [{ name: 'a', content: 'x'.repeat(13 * 1024 * 1024) }] }))).status).toBe(
      413,
    );
  });
});
