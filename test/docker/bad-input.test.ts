import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startRegistry, type TestRegistry } from '../support/registry.ts';
import { dockerSetting } from './setting.ts';

const setting = dockerSetting();
const run: ReturnType<typeof setting>['run'] = (...args) => setting().run(...args);
let registry: TestRegistry;
let image = '';

beforeAll(async () => {
  registry = await startRegistry();
  image = `${registry.address}/team/tool:1`;
  const { docker } = setting();
  await docker('tag', 'alpine:latest', image);
  await docker('login', '-u', registry.username, '-p', registry.password, registry.address);
  await docker('push', '-q', image);
  await docker('logout', registry.address);
});
afterAll(() => registry.close());

async function without<T>(act: () => Promise<T>): Promise<T> {
  await setting()
    .docker('rmi', '-f', image)
    .catch(() => undefined);
  return await act();
}

test('an image is pulled with a password, and that is told', async () => {
  const { username, password } = registry;
  const { stdout, said } = await without(() => run({ image, login: { username, password } }, 'echo from there'));
  expect(stdout).toBe('from there\n');
  expect(said).toContain(`Pulling ${image} from ${registry.address}`);
  expect(said).toContain(`Pulled ${image}`);
  expect(said).not.toContain(password);
});

test('a helper gives the login, asked with a config.json of its own and nothing of the server’s environment', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'palvella-helper-'));
  const helper = join(folder, 'docker-credential-test');
  const secret = JSON.stringify({ Username: registry.username, Secret: registry.password });
  writeFileSync(
    helper,
    `#!/bin/sh\nread -r asked\nenv > ${folder}/env\ncp "$DOCKER_CONFIG/config.json" ${folder}/seen.json\n[ "$asked" = ${registry.address} ] || exit 1\necho '${secret}'\n`,
  );
  chmodSync(helper, 0o755);
  mkdirSync(join(folder, 'own'));
  const before = process.env['PATH'];
  process.env['PATH'] = `${folder}:${before}`;
  process.env['PALVELLA_WORKER_TOKEN'] = 'plv_secret';
  try {
    const login = { credHelpers: { [registry.address]: 'test' } };
    const { exit } = await without(() => run({ image, login }, 'true'));
    expect(exit.status).toBe(0);
    const { readFileSync } = await import('node:fs');
    expect(readFileSync(join(folder, 'env'), 'utf8')).not.toContain('plv_secret');
    expect(JSON.parse(readFileSync(join(folder, 'seen.json'), 'utf8'))).toEqual(login);
    const wrong = await without(() => run({ image, login: { credsStore: 'absent' } }, 'true'));
    expect(wrong.exit.broke).toContain('Docker-credential-absent gives no login');
  } finally {
    process.env['PATH'] = before;
    rmSync(folder, { recursive: true, force: true });
  }
});

test.each([
  ['no password', {}, 'refuses the login'],
  ['a wrong password', { login: { username: 'robot', password: 'guess' } }, 'refuses the login'],
])('%s: one clear line', async (_, settings, words) => {
  const { exit } = await without(() => run({ image, ...settings }, 'true'));
  expect(exit).toMatchObject({ status: null, broke: expect.stringContaining(words) });
});

test('an image that does not exist: one clear line', async () => {
  const { username, password } = registry;
  const absent = `${registry.address}/team/absent:1`;
  const { exit } = await run({ image: absent, login: { username, password } }, 'true');
  expect(exit.broke).toContain(`There is no image ${absent}`);
  const never = await run({ image: absent, pull: 'never' }, 'true');
  expect(never.exit.broke).toContain('pull: never');
});

test('pull: always asks the registry though the image is there', async () => {
  const { username, password } = registry;
  const settings = { image, login: { username, password } };
  await run(settings, 'true');
  expect((await run(settings, 'true')).said).toBe('');
  expect((await run({ ...settings, pull: 'always' }, 'true')).said).toContain('Pulled');
});

test('a context that is not there, and one that is', async () => {
  const { exit } = await run({ context: 'nowhere' }, 'true');
  expect(exit.broke).toContain('There is no Docker context nowhere on this Worker');
  const folder = mkdtempSync(join(tmpdir(), 'palvella-context-'));
  process.env['DOCKER_CONFIG'] = folder;
  try {
    await setting().docker('context', 'create', 'there', '--docker', `host=${setting().host}`);
    expect((await run({ context: 'there' }, 'echo by context')).stdout).toBe('by context\n');
  } finally {
    for (const job of await setting().engine.held()) await setting().engine.teardown(job);
    delete process.env['DOCKER_CONFIG'];
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a daemon that is down: one clear line, after it was tried again for a while', async () => {
  const before = performance.now();
  const { exit, said } = await run({ host: 'tcp://127.0.0.1:1' }, 'true');
  expect(exit.broke).toContain('The Docker daemon at tcp://127.0.0.1:1 cannot be reached');
  expect(said).toContain('Trying again');
  expect(performance.now() - before).toBeLessThan(60_000);
}, 60_000);

test('an image without a shell says that it has none', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'palvella-bare-'));
  writeFileSync(join(folder, 'Dockerfile'), 'FROM scratch\nCOPY Dockerfile /\n');
  await setting().docker('build', '-q', '-t', 'bare:1', folder);
  const { exit } = await run({ image: 'bare:1' }, 'true');
  expect(exit.broke).toContain('has no shell');
  rmSync(folder, { recursive: true, force: true });
});
