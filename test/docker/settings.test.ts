import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { plugin } from '../../plugins/engine-docker/index.ts';
import { newJob, sleepsOf } from '../contracts/engine-harness.ts';
import { dockerSetting } from './setting.ts';

const setting = dockerSetting();
const run: ReturnType<typeof setting>['run'] = (...args) => setting().run(...args);

test('an Action may have an image of its own, and sees the files of the one before', async () => {
  const { docker } = setting();
  await docker('tag', 'alpine:latest', 'other:1');
  const { job } = await run({}, 'echo kept > file; hostname > host');
  const second = await run(
    { image: 'other:1' },
    'cat file; hostname | diff -q - host > /dev/null || echo elsewhere',
    job,
  );
  expect(second.stdout).toBe('kept\nelsewhere\n');
});

test('limits of memory and CPU hold, and one who uses more is told so', async () => {
  const limits = await run(
    { memory: '64m', cpu: 0.5 },
    'cat /sys/fs/cgroup/memory/memory.limit_in_bytes /sys/fs/cgroup/memory.max 2>/dev/null',
  );
  expect(limits.stdout.trim()).toBe(String(64 * 1024 * 1024));
  const container = limits.exit.info['container'] as string;
  expect(await setting().docker('inspect', '-f', '{{.HostConfig.NanoCpus}}', container)).toBe('500000000');
  const greedy = await run({ memory: '16m' }, 'x=a; while :; do x=$x$x; done');
  expect(greedy.exit).toMatchObject({ status: null, signal: 'SIGKILL', reason: expect.stringContaining('memory') });
});

test('what a command used is told', async () => {
  const { exit } = await run({}, 'i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done');
  expect(exit.info['cpuMs']).toBeGreaterThan(50);
  expect(exit.info['peakMemory']).toBeGreaterThan(100_000);
  expect(exit.info['image']).toMatch(/^sha256:[0-9a-f]{64}$/);
});

test('another user writes to the workspace, by name and by number', async () => {
  for (const user of ['nobody', '1234:1234']) {
    const { exit, stdout } = await run({ user }, 'id -u; echo x > file; cat file');
    expect(stdout).toBe(`${user === 'nobody' ? 65534 : 1234}\nx\n`);
    expect(exit.status).toBe(0);
  }
});

test('a named volume is kept from Job to Job', async () => {
  const name = `data-${randomUUID()}`;
  const volumes = [{ name, path: '/data' }];
  const first = await run({ volumes }, 'echo kept > /data/file');
  await setting().engine.teardown(first.job);
  expect((await run({ volumes }, 'cat /data/file')).stdout).toBe('kept\n');
  for (const job of await setting().engine.held()) await setting().engine.teardown(job);
  await setting().docker('volume', 'rm', name);
});

test('proxies of config.json are seen in both spellings, those for the daemon are not', async () => {
  const { stdout } = await run(
    {
      http_proxy: 'http://for-the-daemon:1',
      'config.json': { proxies: { default: { httpProxy: 'http://inside:3128', noProxy: 'local' } } },
    },
    'env | grep -i proxy | sort',
  );
  expect(stdout).toBe('HTTP_PROXY=http://inside:3128\nNO_PROXY=local\nhttp_proxy=http://inside:3128\nno_proxy=local\n');
});

test('network: none has no network', async () => {
  expect((await run({ network: 'none' }, 'ip -o addr | grep -cv " lo " || true')).stdout.trim()).toBe('0');
});

test('services are there by their names once they are well, and go with the Job', async () => {
  const services = {
    web: {
      image: 'alpine:latest',
      environ: { WORD: 'hello' },
      command: ['sh', '-c', 'sleep 1; echo "$WORD" > /tmp/index.html; touch /tmp/well; httpd -f -h /tmp -p 80'],
      health: { command: 'test -e /tmp/well', interval: 0.2, timeout: 5, retries: 50 },
    },
  };
  const { stdout, said, job } = await run({ services }, 'wget -qO- http://web/index.html');
  expect(stdout).toBe('hello\n');
  expect(said).toContain('Starting the service web');
  await setting().engine.teardown(job);
  const label = `label=dev.palvella.run=${job.runId}`;
  const left = await Promise.all([
    setting().docker('ps', '-aq', '--filter', label),
    setting().docker('volume', 'ls', '-q', '--filter', label),
    setting().docker('network', 'ls', '-q', '--filter', label),
  ]);
  expect(left).toEqual(['', '', '']);
});

test('a service that ends, or is never well, breaks the Job with what it printed', async () => {
  const ended = await run(
    {
      services: {
        db: {
          image: 'alpine:latest',
          command: ['sh', '-c', 'echo no disk; exit 3'],
          health: { command: 'true', interval: 0.2 },
        },
      },
    },
    'true',
  );
  expect(ended.exit.broke).toContain('the service db did not come up: it ended with status 3'.slice(4));
  expect(ended.said).toContain('db: no disk');
  const unwell = await run(
    {
      services: {
        db: {
          image: 'alpine:latest',
          command: ['sleep', '100'],
          health: { command: 'false', interval: 0.1, timeout: 1, retries: 2 },
        },
      },
    },
    'true',
  );
  expect(unwell.exit.broke).toContain('its health check fails');
});

test('a Job whose container is removed under it says so, and a next Action gets another', async () => {
  const job = newJob();
  const first = run({}, 'echo begun; sleep 100', job);
  await expect.poll(() => sleepsOf(job.runId)).toBe(1);
  await setting().docker(
    'rm',
    '-f',
    await setting().docker('ps', '-q', '--filter', `label=dev.palvella.run=${job.runId}`),
  );
  expect((await first).exit).toMatchObject({ status: null, broke: expect.stringContaining('container') });
  expect((await run({}, 'echo again', job)).stdout).toBe('again\n');
});

test('when all processes of a container are killed from inside, the Action ends and says so', async () => {
  const { exit } = await run({}, 'kill -9 -1; sleep 10');
  expect(exit.status).toBeNull();
  expect(exit.broke).toContain('were killed');
});

test('another Worker at the same daemon finds what a lost one left, and may remove it', async () => {
  const job = newJob();
  await run({}, 'true', job);
  const folder = mkdtempSync(join(tmpdir(), 'palvella-other-'));
  const other = await plugin.create({ stateFolder: folder, workerId: 'other' });
  expect(await other.held()).toEqual([]);
  expect(await other.strangers?.()).toContainEqual(job);
  await other.teardown(job);
  expect(await other.strangers?.()).not.toContainEqual(job);
  expect(await setting().docker('ps', '-aq', '--filter', `label=dev.palvella.run=${job.runId}`)).toBe('');
  await other.close();
  rmSync(folder, { recursive: true, force: true });
});
