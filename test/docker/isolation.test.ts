import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { plugin } from '../../plugins/engine-docker/index.ts';
import { jobName } from '../../plugins/engine-docker/names.ts';
import { newJob } from '../contracts/engine-harness.ts';
import { reachFor } from '../support/engine.ts';
import { dockerSetting } from './setting.ts';

const setting = dockerSetting();
const run: ReturnType<typeof setting>['run'] = (...args) => setting().run(...args);

test.each([
  ['the network of the host', { network: 'host' }, 'host_network'],
  ['a directory of the host', { volumes: [{ name: '/etc', path: '/host' }] }, 'host_directories'],
  ['a directory said by dots', { volumes: [{ name: '../etc', path: '/host' }] }, 'host_directories'],
  [
    'the socket',
    { volumes: [{ name: '/var/run/docker.sock', path: '/s' }], allow: ['host_directories'] },
    'docker_socket',
  ],
  [
    'the socket by a way round',
    { volumes: [{ name: '/var/../run/', path: '/s' }], allow: ['host_directories'] },
    'docker_socket',
  ],
  ['the whole host', { volumes: [{ name: '/', path: '/s' }], allow: ['host_directories'] }, 'docker_socket'],
])('%s is refused unless the Engine allows it by name', async (_, settings, name) => {
  const { exit } = await run(settings, 'true');
  expect(exit).toMatchObject({ status: null, broke: expect.stringContaining(`unless its Engine allows ${name}`) });
});

test('the volume and the network of another Job are refused', async () => {
  const { job } = await run({}, 'echo private > file');
  const name = jobName(job);
  const volume = await run({ volumes: [{ name, path: '/other' }] }, 'cat /other/work/file');
  expect(volume).toMatchObject({ stdout: '', exit: { status: null, broke: `The volume ${name} is a Job’s own.` } });
  expect((await run({ network: name }, 'true')).exit.broke).toBe(`The network ${name} is a Job’s own.`);
});

test('a container of an image that has the labels of a Job is not taken for the Job’s', async () => {
  const { job } = await run({}, 'true');
  const labels = { run: job.runId, job: job.jobPath, attempt: String(job.jobAttempt) };
  const words = Object.entries(labels).flatMap(([name, value]) => ['--label', `dev.palvella.${name}=${value}`]);
  const other = await setting().docker('run', '-d', ...words, 'alpine:latest', 'sleep', '1000');
  await setting().engine.teardown(job);
  expect(await setting().docker('inspect', '-f', '{{.State.Running}}', other)).toBe('true');
  const stateFolder = mkdtempSync(join(tmpdir(), 'palvella-other-'));
  const later = await plugin.create({ stateFolder, workerId: 'later' });
  expect(await later.strangers?.()).not.toContainEqual(job);
  rmSync(stateFolder, { recursive: true });
  await setting().docker('rm', '-f', other);
});

test('what the Engine allows is had', async () => {
  const volumes = [{ name: '/etc', path: '/host' }];
  expect((await run({ volumes, allow: ['host_directories'] }, 'ls /host/hostname')).stdout).toBe('/host/hostname\n');
  const job = newJob();
  // Whether the daemon here may itself give so much is its own affair.
  await run({ allow: ['privileged'] }, 'true', job);
  const made = await setting().docker('ps', '-aq', '--filter', `label=dev.palvella.run=${job.runId}`);
  expect(await setting().docker('inspect', '-f', '{{.HostConfig.Privileged}}', made)).toBe('true');
  const usual = await run({}, 'true');
  expect(
    await setting().docker('inspect', '-f', '{{.HostConfig.Privileged}}', usual.exit.info['container'] as string),
  ).toBe('false');
});

test('a container does not reach what listens on the host’s loopback, as Temporal and PostgreSQL do', async () => {
  const server = createServer((_, answer) => answer.end('reached')).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const { stdout } = await run({}, reachFor(port));
  expect(stdout).toBe('no\nno\n');
  server.close();
});

test('a container makes processes up to a limit', async () => {
  const { stdout } = await run({}, 'cat /sys/fs/cgroup/pids/pids.max /sys/fs/cgroup/pids.max 2>/dev/null || true');
  expect(stdout.trim()).toBe('4096');
});
