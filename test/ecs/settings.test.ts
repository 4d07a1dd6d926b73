import { existsSync, lstatSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { ECS } from '@aws-sdk/client-ecs';
import { expect, test } from 'vitest';
import { jobKeyText } from '../../core/keys.ts';
import { digest } from '../../engine-kit/output/layout.ts';
import { actionOf, newJob, sleepsOf } from '../contracts/engine-harness.ts';
import { mountedVolume } from '../support/ecs.ts';
import { basic, ecsSetting, withVolume } from './setting.ts';

const setting = ecsSetting();
const run: ReturnType<typeof setting>['run'] = (...args) => setting().run(...args);
const ecs = () => new ECS();

test('a Job without a volume runs one command, and may try it again; a second is refused with what to do', async () => {
  const job = newJob();
  expect((await run(basic, 'echo one', job, 'first')).stdout).toBe('one\n');
  const second = await run(basic, 'echo two', job, 'second');
  expect(second.exit).toMatchObject({
    status: null,
    broke: expect.stringContaining('Give the Engine a volume on EFS'),
  });
  expect(second.stdout).toBe('');
  await setting().engine.prepare({ key: job, settings: basic });
  const again = await setting().engine.start({ key: actionOf(job, 'first', 2), command: 'exit 4', environ: {} });
  expect((await again.exit).status).toBe(4);
});

test.each([
  ['no volume', basic, 'Give the Engine a volume'],
  ['a volume that is not mounted', { ...basic, volume: { efs: 'fs-99999999' } }, 'PALVELLA_ECS_MOUNTS'],
])('files do not go in or out with %s', async (_, settings, remedy) => {
  const workspace = await setting().engine.prepare({ key: newJob(), settings });
  const refusal = { code: 'engine_refused', remedy: expect.stringContaining(remedy) };
  await expect(workspace.read('x')).rejects.toMatchObject(refusal);
  await expect(workspace.write('x', Readable.from(['x']))).rejects.toMatchObject(refusal);
  await expect(workspace.importFolder('/tmp', '.')).rejects.toMatchObject(refusal);
});

test('a volume that the Worker has not mounted is shared by tasks, and tidied up by one', async () => {
  const settings = { ...basic, volume: { efs: 'fs-99999999', root: '/jobs' } };
  const { job } = await run(settings, 'mkdir locked; echo kept > locked/file; chmod 500 locked');
  expect((await run(settings, 'cat locked/file', job)).stdout).toBe('kept\n');
  const folder = join(setting().volumes, 'fs-99999999/jobs');
  expect(readdirSync(folder)).toEqual([digest(jobKeyText(job))]);
  await setting().engine.teardown(job);
  expect(readdirSync(folder)).toEqual([]);
});

test.each([
  ['its workspace', 'cd ..; rm -rf work; ln -s /etc work'],
  ['its folder', 'F=${PALVELLA_WORKSPACE%/work}; cd /palvella; mv $F away; ln -s /etc $F'],
])('a Job that makes %s a link leads the Worker nowhere', async (_, command) => {
  const job = newJob();
  const before = await setting().engine.prepare({ key: job, settings: withVolume });
  const folder = join(setting().volumes, mountedVolume, digest(jobKeyText(job)));
  await run(withVolume, command, job);
  expect(
    [folder, join(folder, 'work')].some((path) => lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()),
  ).toBe(true);
  const refused = { code: 'engine_refused' };
  await expect(before.read('hostname')).rejects.toMatchObject(refused);
  await expect(before.write('palvella-was-here', Readable.from(['x']))).rejects.toMatchObject(refused);
  await expect(before.importFolder(import.meta.dirname, 'palvella-was-here')).rejects.toMatchObject(refused);
  await expect(setting().engine.prepare({ key: job, settings: withVolume })).rejects.toMatchObject(refused);
  await setting().engine.teardown(job);
  expect(existsSync('/etc/hostname')).toBe(true);
  expect(existsSync('/etc/palvella-was-here')).toBe(false);
  rmSync(join(setting().volumes, mountedVolume, 'away'), { recursive: true, force: true });
});

test('settings stand in the task definition and in the task', async () => {
  const settings = {
    ...basic,
    cpu: 0.5,
    memory: '1g',
    architecture: 'arm64',
    task_role: 'arn:aws:iam::123456789012:role/builder',
    security_groups: ['sg-1'],
    assign_public_ip: true,
    cluster: 'builds',
    log_group: '/other',
    tags: { team: 'builders' },
    volume: { efs: mountedVolume, access_point: 'fsap-0123456789' },
    environ: { FROM: 'engine' },
  };
  const job = { ...newJob(), jobPath: 'build/ünit[0] (x)~!*' };
  const { stdout, exit } = await run(settings, 'echo $FROM', job);
  expect(stdout).toBe('engine\n');
  expect(exit.info).toMatchObject({
    cluster: 'builds',
    region: 'eu-central-1',
    image: expect.stringContaining('sha256:'),
  });
  expect(exit.info['peakMemory']).toBeGreaterThan(100_000);
  const { definitions } = await setting().tell();
  const taskDefinition = definitions.find((name) => name.includes(digest(jobKeyText(job))));
  const found = await ecs().describeTaskDefinition({ taskDefinition, include: ['TAGS'] });
  expect(found.tags).toContainEqual({ key: 'team', value: 'builders' });
  expect(found.taskDefinition).toMatchObject({
    cpu: '512',
    memory: '1024',
    taskRoleArn: settings.task_role,
    executionRoleArn: settings.execution_role,
    runtimePlatform: { cpuArchitecture: 'ARM64' },
    volumes: [
      {
        efsVolumeConfiguration: {
          transitEncryption: 'ENABLED',
          authorizationConfig: { accessPointId: 'fsap-0123456789' },
        },
      },
    ],
    containerDefinitions: [{ logConfiguration: { options: { 'awslogs-group': '/other' } } }],
  });
  expect(JSON.stringify(found.taskDefinition)).not.toContain('secret-of-the-worker');
});

test('on EC2 a task needs neither a network of its own nor a role', async () => {
  const { stdout, job } = await run({ image: 'alpine:latest', launch_type: 'ec2' }, 'echo on ec2');
  expect(stdout).toBe('on ec2\n');
  const { tasks } = await setting().tell();
  expect(tasks.findLast(({ tags }) => JSON.stringify(tags).includes(job.runId))).toMatchObject({ launchType: 'EC2' });
});

test('a task definition of the Engine’s is kept but for what its container runs', async () => {
  await ecs().registerTaskDefinition({
    family: 'theirs',
    memory: '256',
    containerDefinitions: [
      {
        name: 'side',
        image: 'alpine:latest',
        essential: false,
        entryPoint: ['sleep'],
        command: ['1000'],
        stopTimeout: 2,
        logConfiguration: {
          logDriver: 'awslogs',
          options: { 'awslogs-group': '/other', 'awslogs-region': 'eu-central-1', 'awslogs-stream-prefix': 'theirs' },
        },
      },
      {
        name: 'main',
        image: 'alpine:latest',
        essential: true,
        entryPoint: ['false'],
        environment: [{ name: 'FROM', value: 'theirs' }],
      },
    ],
  });
  const { stdout, job } = await run({ task_definition: 'theirs:1', launch_type: 'ec2' }, 'echo $FROM');
  expect(stdout).toBe('theirs\n');
  await setting().engine.teardown(job);
  const { definitions, streams } = await setting().tell();
  expect(definitions.filter((name) => name.includes('theirs'))).toHaveLength(1);
  await ecs().deregisterTaskDefinition({ taskDefinition: 'theirs:1' });
  await ecs().deleteTaskDefinitions({ taskDefinitions: ['theirs:1'] });
  expect(streams.filter((name) => name.startsWith('theirs/'))).toHaveLength(1);
  const { CloudWatchLogs } = await import('@aws-sdk/client-cloudwatch-logs');
  for (const logStreamName of streams.filter((name) => name.startsWith('theirs/'))) {
    await new CloudWatchLogs().deleteLogStream({ logGroupName: '/other', logStreamName });
  }
});

test('a command too long for an override goes by a definition of its own, one too long for that is refused', async () => {
  const long = await run(basic, `echo ${'x'.repeat(20_000)} | wc -c`);
  expect(long.stdout.trim()).toBe('20001');
  const tooLong = await run(basic, `echo ${'x'.repeat(70_000)}`);
  expect(tooLong.exit).toMatchObject({
    status: null,
    broke: expect.stringContaining('longer than ECS takes (64 KiB)'),
  });
});

test('what is printed comes whole: empty lines, long ones, other scripts, both outputs', async () => {
  const command = [
    "printf 'a\\n\\n\\nb\\n'",
    'i=0; while [ $i -lt 3000 ]; do i=$((i+1)); echo "zeile $i äöü ✓ the quick brown fox"; done',
    'head -c 50000 /dev/zero | tr "\\0" y; echo',
    "echo 'x 0 0 0 0 0'; printf 'no end' >&2",
  ].join('\n');
  const { stdout, stderr, exit } = await run(basic, command);
  const lines = Array.from({ length: 3000 }, (_, i) => `zeile ${i + 1} äöü ✓ the quick brown fox\n`);
  expect(stdout).toBe(`a\n\n\nb\n${lines.join('')}${'y'.repeat(50_000)}\nx 0 0 0 0 0\n`);
  expect(stderr).toBe('no end');
  expect(exit.status).toBe(0);
});

test('one who uses more memory than the task may is told so', async () => {
  const { exit } = await run({ ...basic, memory: '512m' }, 'x=aaaaaaaa; while :; do x=$x$x; done');
  expect(exit).toMatchObject({ status: null, signal: 'SIGKILL', reason: expect.stringContaining('memory') });
});

test('nothing of a Job is left after its teardown, though it still ran', async () => {
  const job = newJob();
  await setting().start(withVolume, 'sleep 1000', job);
  await expect.poll(() => sleepsOf(job.runId), { timeout: 20_000 }).toBeGreaterThan(0);
  const id = digest(jobKeyText(job));
  const ours = async () => {
    const { definitions, streams } = await setting().tell();
    return [...definitions, ...streams].filter((name) => name.includes(id));
  };
  expect(await ours()).not.toEqual([]);
  await setting().engine.teardown(job);
  expect(await ours()).toEqual([]);
  expect(sleepsOf(job.runId)).toBe(0);
});

test('a variable of the command is its own, whatever the wrapper around it is written with', async () => {
  const environ = { D: 'mine', M: 'mine', K: 'mine', W: 'mine', C: 'mine', P: 'mine', S: 'mine', n: 'mine', o: 'mine' };
  const { stdout } = await run({ ...basic, environ }, 'echo $D $M $K $W $C $P $S $n $o');
  expect(stdout).toBe('mine mine mine mine mine mine mine mine mine\n');
});
