import { afterEach, expect, test } from 'vitest';
import { actionOf, newJob } from '../contracts/engine-harness.ts';
import { mountedVolume } from '../support/ecs.ts';
import { basic, ecsSetting } from './setting.ts';

const setting = ecsSetting();
const run: ReturnType<typeof setting>['run'] = (...args) => setting().run(...args);
afterEach(() => {
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'KNOWN', AWS_REGION: 'eu-central-1' });
  delete process.env['AWS_CONFIG_FILE'];
});

const broken = (words: string | RegExp) => ({
  status: null,
  broke: typeof words === 'string' ? expect.stringContaining(words) : expect.stringMatching(words),
});

test.each([
  [
    'a cluster that is not there',
    { cluster: 'nowhere' },
    'There is no cluster nowhere in eu-central-1. Look at cluster and region.',
  ],
  [
    'a task definition that is not there',
    { task_definition: 'absent:3' },
    'There is no task definition absent:3 in eu-central-1',
  ],
  ['no image at all', { image: undefined }, 'The Engine names no image'],
  ['no execution role', { execution_role: undefined }, 'ECS does not take the task definition: Fargate requires'],
  ['memory that Fargate does not have', { memory: '64g' }, 'No Fargate configuration exists for given values'],
  ['no subnets', { subnets: undefined }, 'Network Configuration must be provided'],
  ['an image that does not exist', { image: 'absent:1' }, 'The image absent:1 could not be pulled'],
  [
    'a log group that is not there',
    { log_group: '/absent' },
    /AWS could not set the task up: .*log group does not exist.*Look at/,
  ],
])('%s: one clear line', async (_, settings, words) => {
  const { exit } = await run({ ...basic, ...settings }, 'true');
  expect(exit).toMatchObject(broken(words));
});

test.each([
  ['EXPIRED', 'AWS credentials have expired'],
  ['STRANGER', 'AWS credentials are not known to AWS'],
])('credentials that AWS does not take (%s): one clear line', async (id, words) => {
  process.env['AWS_ACCESS_KEY_ID'] = id;
  const engine = await setting().again();
  const job = newJob();
  await engine.prepare({ key: job, settings: basic });
  const running = await engine.start({ key: actionOf(job), command: 'true', environ: {} });
  expect((await running.exit).broke).toContain(words);
  await engine.close();
});

test('no region: one clear line', async () => {
  delete process.env['AWS_REGION'];
  process.env['AWS_CONFIG_FILE'] = '/nowhere';
  const engine = await setting().again();
  const job = newJob();
  await engine.prepare({ key: job, settings: basic });
  const running = await engine.start({ key: actionOf(job), command: 'true', environ: {} });
  expect((await running.exit).broke).toContain('No AWS region is named. Name it as region in the Engine');
  await engine.close();
});

test('AWS that is away for a moment, or throttles, is asked again', async () => {
  const { tell } = setting();
  const throttled = { error: 'ThrottlingException', message: 'Rate exceeded' };
  await tell({ fail: { operation: 'RegisterTaskDefinition', times: 2, ...throttled } });
  await tell({
    fail: { operation: 'DescribeTasks', times: 3, error: 'ServerException', message: 'oops', status: 500 },
  });
  await tell({ fail: { operation: 'GetLogEvents', times: 2, ...throttled } });
  expect((await run(basic, 'echo in the end')).stdout).toBe('in the end\n');
});

test('a start that AWS carried out and answered with an error is not made a second time', async () => {
  const lost = { error: 'ServerException', message: 'oops', status: 500, done: true };
  // Once more than the client itself asks again.
  await setting().tell({ fail: { operation: 'RunTask', times: 9, ...lost } });
  const { stdout } = await run(
    { ...basic, volume: { efs: mountedVolume } },
    'echo once >> starts; sleep 1; cat starts',
  );
  expect(stdout).toBe('once\n');
});

test('what AWS does not allow is not tried again', async () => {
  const { tell } = setting();
  await tell({ fail: { operation: 'RunTask', times: 9, error: 'AccessDeniedException', message: 'no iam:PassRole' } });
  const { exit } = await run(basic, 'true');
  expect(exit).toMatchObject(broken('AWS does not allow it: no iam:PassRole'));
  await tell({ clear: true });
});
