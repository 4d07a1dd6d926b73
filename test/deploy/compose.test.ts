import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Outcome, temporaryFolder } from '../e2e/palvella.ts';
import { type Composed, composed } from './compose.ts';
import { firstBuildMs } from './setting.ts';

const parts = ['web', 'control', 'engine'] as const;
let server: Composed;
beforeAll(async () => {
  server = await composed();
}, firstBuildMs);
afterAll(async () => {
  await server?.down();
});

const container = async (service: string) => await server.compose('ps', '-q', service);
const inspect = async (service: string, format: string) =>
  await server.docker('inspect', '--format', format, await container(service));

/** Saves a Pipeline of one Job in a container and runs it to its end. */
async function run(name: string, command: string): Promise<Outcome> {
  const file = join(temporaryFolder(), 'pipeline.yaml');
  const engine = { type: 'docker', image: 'alpine:latest' };
  const job = { name: 'job', engine, actions: [{ name: 'step', run: command }] };
  writeFileSync(file, JSON.stringify({ name, jobs: [job] }));
  expect(await server.cli('apply', '-f', file)).toMatchObject({ status: 0, stderr: '' });
  return await server.cli('run', name, '--follow');
}

test('a Pipeline runs, its Job in a container of the host, and its log is read from what control and web share', async () => {
  const { status, stdout } = await run('hello', 'cat /etc/os-release; seq 30000');
  expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringContaining('VERSION_ID=3.18.0') });
  const kept = () => server.compose('exec', '-T', 'control', 'find', '/var/lib/palvella/blobs', '-type', 'f');
  await expect.poll(() => kept().catch(() => ''), { timeout: 60_000 }).not.toBe('');
  expect((await server.cli('logs', 'hello/1')).stdout).toContain('VERSION_ID=3.18.0');
});

test('a container of a Job reaches neither Temporal nor PostgreSQL; those that must, do', async () => {
  const format = '{{range .NetworkSettings.Networks}}{{.IPAddress}} {{end}}';
  const [temporal, postgres] = await Promise.all([inspect('temporal', format), inspect('postgres', format)]);
  const connects = (part: string, host: string, port: number) => {
    const script = `require('net').connect(${port}, '${host}').once('connect', () => process.exit(0)).once('error', () => process.exit(1)); setTimeout(() => process.exit(1), 3000)`;
    return server.compose('exec', '-T', part, 'node', '-e', script).then(
      () => true,
      () => false,
    );
  };
  expect(await connects('engine', temporal.trim(), 7233)).toBe(true);
  expect(await connects('engine', postgres.trim(), 5432)).toBe(false);
  expect(await connects('control', postgres.trim(), 5432)).toBe(true);
  const reach = (host: string, port: number) => `nc -w 3 ${host} ${port} </dev/null >/dev/null && echo reached`;
  // On Temporal's own network the same command does reach it.
  const beside = ['run', '--rm', '--network=palvella-test_flow', 'alpine:latest', 'sh', '-c'];
  expect(await server.docker(...beside, reach(temporal.trim(), 7233))).toBe('reached');
  const places = [
    reach(temporal.trim(), 7233),
    reach(postgres.trim(), 5432),
    reach('temporal', 7233),
    reach('postgres', 5432),
  ];
  const { stdout } = await run('reach', `${places.join('; ')}; echo tried`);
  expect(stdout).toContain('tried');
  expect(stdout).not.toContain('reached');
  expect(stdout).toContain('bad address');
});

test('each part is a user without rights on files that it cannot change, and only the engine has Docker’s socket', async () => {
  for (const part of parts) {
    const { User, Env } = JSON.parse(await inspect(part, '{{json .Config}}')) as { User: string; Env: string[] };
    const { ReadonlyRootfs, CapDrop, Binds } = JSON.parse(await inspect(part, '{{json .HostConfig}}')) as {
      ReadonlyRootfs: boolean;
      CapDrop: string[];
      Binds: string[];
    };
    expect({ User, ReadonlyRootfs, CapDrop }).toEqual({ User: '10001:10001', ReadonlyRootfs: true, CapDrop: ['ALL'] });
    expect(Binds.some((bind) => bind.includes('docker.sock'))).toBe(part === 'engine');
    expect(Env.filter((value) => Object.values(server.secrets).some((secret) => value.includes(secret)))).toEqual([]);
  }
});

test('prepared again, nothing changes; its container is where the administrator’s commands run', async () => {
  expect(await server.compose('run', '--rm', '-T', 'prepare')).toBe('');
  expect(await server.compose('run', '--rm', '-T', 'prepare', 'sign-in')).toMatch(/^http:\/\/localhost:4600\/\S+$/);
});

test('an engine whose container is made anew goes on with the Job that the last one began', async () => {
  const running = run('long', 'for i in $(seq 60); do echo line $i; sleep 0.2; done');
  await expect.poll(async () => (await server.cli('logs', 'long/1')).stdout, { timeout: 60_000 }).toContain('line 5\n');
  await server.docker('kill', await container('engine'));
  await server.compose('up', '--detach', '--no-build', '--force-recreate', '--no-deps', 'engine');
  expect((await running).status).toBe(0);
  const { stdout } = await server.cli('logs', 'long/1', '--job', 'job', '--action', 'step');
  expect(stdout.trimEnd().split('\n')).toEqual(Array.from({ length: 60 }, (_, at) => `line ${at + 1}`));
});

test('asked to end, each part ends in order; what they said is JSON', async () => {
  const ids = await Promise.all(parts.map(container));
  await server.compose('stop', ...parts);
  for (const id of ids) {
    expect(await server.docker('inspect', '--format', '{{.State.ExitCode}}', id)).toBe('0');
    const lines = (await server.docker('logs', id)).split('\n').filter((line) => line !== '');
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) expect(JSON.parse(line)).toBeTypeOf('object');
  }
});
