import { rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort, outcome, palvella, type StartedPalvella, startPalvella, temporaryFolder } from './palvella.ts';

let server: StartedPalvella;
beforeAll(async () => {
  server = await startPalvella();
});
afterAll(async () => {
  await server?.stop();
  rmSync(server.dataDir, { recursive: true, force: true });
});

function session(link: string | null): Promise<Response> {
  return fetch(`${server.url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server.url },
    body: JSON.stringify({ link }),
  });
}

test('it is alive and ready, and says what it found', async () => {
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  expect(server.output()).toMatch(/Docker: .+\n.*Kubernetes: .+/);
});

test('the sign-in link works once', async () => {
  const link = new URL(server.signIn).searchParams.get('link');
  const first = await session(link);
  expect(first.ok).toBe(true);
  const cookie = first.headers.get('set-cookie') ?? '';
  expect(cookie).toMatch(/^palvella_session_\d+=.*HttpOnly/i);
  const page = await fetch(`${server.url}/api/v1/runs`, { headers: { cookie: cookie.split(';')[0] ?? '' } });
  expect(page.status).toBe(200);
  expect((await session(link)).status).toBe(401);
  expect((await fetch(`${server.url}/api/v1/runs`)).status).toBe(401);
});

test('a new link is had by a command, while the server runs', async () => {
  const { stdout } = await server.cli('sign-in');
  const link = new URL(stdout.trim()).searchParams.get('link');
  expect((await session(link)).ok).toBe(true);
});

test('a second start on the same folder is refused in one line', async () => {
  const second = await palvella(['start', '--data-dir', server.dataDir, '--port', String(await freePort())]);
  expect(second.status).toBe(2);
  expect(second.stderr).toMatch(/^The data directory .* is in use by process \d+\..*--data-dir\.\n$/);
});

test('a port that is taken is refused in one line', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await new Promise((done) => taken.once('listening', done));
  const { port } = taken.address() as { port: number };
  const refused = await palvella(['start', '--data-dir', temporaryFolder(), '--port', String(port)]);
  taken.close();
  expect(refused.status).toBe(2);
  expect(refused.stderr).toMatch(
    new RegExp(`^127\\.0\\.0\\.1:${port} cannot be listened on \\(EADDRINUSE\\)\\..*--port\\.\\n$`),
  );
});

test('no server: status 3 and one line', async () => {
  const nowhere = await palvella(['runs', '--data-dir', temporaryFolder()]);
  expect(nowhere).toMatchObject({ status: 3, stdout: '' });
  const away = await palvella(['runs'], {
    PALVELLA_URL: `http://127.0.0.1:${await freePort()}`,
    PALVELLA_TOKEN: 'plv_x',
  });
  expect(away.status).toBe(3);
  expect(away.stderr).toMatch(/could not be reached: ECONNREFUSED\.\n$/);
});

test('a wrong token: status 2 and what to do', async () => {
  const refused = await palvella(['runs'], { PALVELLA_URL: server.url, PALVELLA_TOKEN: 'plv_wrong' });
  expect(refused.status).toBe(2);
  expect(refused.stderr).toContain('palvella token create');
});

test('the alpine example tells Slack when the version is another, and nothing when it is right', async () => {
  const messages: unknown[] = [];
  const slack = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      messages.push(JSON.parse(body));
      response.end('ok');
    });
  });
  await new Promise<void>((done) => slack.listen(0, '127.0.0.1', done));
  const { port } = slack.address() as { port: number };
  const folder = temporaryFolder();
  const osRelease = (version: string) => {
    const file = join(folder, version);
    writeFileSync(file, `NAME="Alpine Linux"\nPRETTY_NAME="Alpine Linux v${version}"\n`);
    return file;
  };
  const withSlack = await startPalvella({
    env: { PALVELLA_SLACK_URL: `http://127.0.0.1:${port}/hook`, PALVELLA_ALLOWED_ADDRESSES: '127.0.0.1' },
  });
  try {
    await withSlack.cli('apply', '-f', 'examples/alpine-version.yaml');
    const check = (version: string) =>
      outcome(withSlack.spawn('run', 'alpine-version', '--follow', '-p', `os-release=${osRelease(version)}`));
    expect((await check('3.18.0')).status).toBe(0);
    expect(messages).toEqual([]);
    const wrong = await check('3.17.1');
    expect(wrong.status).toBe(1);
    expect(wrong.stdout).toContain('not 3.18.0');
    expect(messages).toHaveLength(1);
    expect(JSON.stringify(messages)).toContain('Alpine version check did not match 3.18.0');
  } finally {
    await withSlack.stop();
    slack.close();
  }
});
