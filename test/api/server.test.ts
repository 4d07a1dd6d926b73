import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../../prisma/database.ts';
import { atEnd, freePort, startPostgres } from '../support/database.ts';

const root = join(import.meta.dirname, '../..');
let env: NodeJS.ProcessEnv;
let database: Awaited<ReturnType<typeof startPostgres>>;
let url: string;
const adminToken = 'plv_admin'.padEnd(32, 'x');

beforeAll(async () => {
  database = await startPostgres();
  const dataDir = await mkdtemp(join(tmpdir(), 'palvella-web-'));
  atEnd(async () => {
    await database.stop();
    await rm(dataDir, { recursive: true, force: true });
  });
  const port = await freePort();
  url = `http://localhost:${port}`;
  env = {
    PATH: process.env['PATH'],
    DATABASE_URL: database.url,
    PALVELLA_TOKEN: adminToken,
    PALVELLA_WORKER_TOKEN: 'plv_worker'.padEnd(32, 'x'),
    PALVELLA_PORT: String(port),
    PALVELLA_URL: url,
    PALVELLA_DATA_DIR: dataDir,
    PALVELLA_PAGES: 'off',
    TEMPORAL_ADDRESS: `127.0.0.1:${await freePort()}`,
  };
});

async function prepare(more: NodeJS.ProcessEnv = {}): Promise<{ link: string }> {
  const { stdout } = await promisify(execFile)(process.execPath, [join(root, 'workers/prepare.ts')], {
    env: { ...env, ...more },
  });
  return JSON.parse(stdout) as { link: string };
}

async function startWeb(): Promise<ChildProcess> {
  const child = spawn(process.execPath, [join(root, 'web/server/main.ts')], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  atEnd(async () => void child.kill('SIGKILL'));
  for await (const line of createInterface({ input: child.stdout })) if (line.startsWith('{"ready":true')) break;
  child.stdout.resume();
  return child;
}

const status = async (path: string, headers: Record<string, string> = {}) =>
  (await fetch(`${url}${path}`, { headers })).status;

test('a database is prepared, and prepared again, with a new link each time', async () => {
  const links = [await prepare(), await prepare()];
  expect(links[0]?.link).not.toBe(links[1]?.link);
  const db = openDatabase(database.url);
  const { rows } = await db.pool.query('select kind, name from tokens order by kind');
  expect(rows).toEqual([
    { kind: 'link', name: 'local/admin' },
    { kind: 'token', name: 'local/admin' },
    { kind: 'worker', name: 'local' },
  ]);
  await db.close();
});

test('a token that could be guessed, and one token for people and Workers, are refused', async () => {
  await expect(prepare({ PALVELLA_TOKEN: 'x'.repeat(31) })).rejects.toMatchObject({
    stderr: expect.stringMatching(/^PALVELLA_TOKEN is too short\. .*openssl/),
  });
  await expect(prepare({ PALVELLA_TOKEN: String(env['PALVELLA_WORKER_TOKEN']) })).rejects.toMatchObject({
    stderr: expect.stringContaining('the same as PALVELLA_TOKEN'),
  });
});

test('what is wrong with the database is said in one line', async () => {
  const away = { DATABASE_URL: `postgresql://palvella@127.0.0.1:${await freePort()}/x` };
  await expect(prepare(away)).rejects.toMatchObject({
    code: 1,
    stderr: 'The database cannot be reached. Try again in a moment.\n',
  });
  const db = openDatabase(database.url);
  await db.pool.query(
    `insert into "_prisma_migrations" (id, checksum, migration_name, finished_at) values ('x', 'x', '9999_later', now())`,
  );
  await expect(prepare()).rejects.toMatchObject({ stderr: expect.stringMatching(/^.*newer version.*9999_later.*\n$/) });
  await db.pool.query(`delete from "_prisma_migrations" where id = 'x'`);
  await db.close();
});

test('the web process answers, says whether it can work, and ends when asked', async () => {
  const child = await startWeb();
  expect(await status('/healthz')).toBe(200);
  expect(await status('/readyz')).toBe(200);
  expect(await status('/api/v1/session')).toBe(401);
  expect(await status('/api/v1/session', { authorization: `Bearer ${adminToken}` })).toBe(200);
  expect(await status('/')).toBe(404);

  const init = { headers: { authorization: `Bearer ${adminToken}` } } as unknown as string[];
  const socket = new WebSocket(`${url.replace('http', 'ws')}/api/v1/live`, init);
  await new Promise((open) => socket.addEventListener('open', open));
  const closed = new Promise((done) => socket.addEventListener('close', done));
  const waiting = fetch(`${url}/api/v1/runs/x%2F1/wait`, { headers: { authorization: `Bearer ${adminToken}` } });
  expect((await waiting).status).toBe(404);

  const began = performance.now();
  child.kill('SIGTERM');
  const [code] = (await once(child, 'exit')) as [number | null];
  await closed;
  expect(code).toBe(0);
  expect(performance.now() - began).toBeLessThan(5_000);
});

test('it comes back by itself where the database was away', async () => {
  const child = await startWeb();
  const authorization = { authorization: `Bearer ${adminToken}` };
  expect(await status('/api/v1/runs', authorization)).toBe(200);
  const db = openDatabase(database.url);
  // All connections but this one break, those that are idle too.
  await db.pool.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname is not null',
  );
  await db.close();
  expect(await status('/healthz')).toBe(200);
  await expect.poll(() => status('/api/v1/runs', authorization), { timeout: 5_000 }).toBe(200);
  child.kill('SIGTERM');
  await once(child, 'exit');
});
