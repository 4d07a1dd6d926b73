import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { actionKeyText, jobKeyText } from '../../core/keys.ts';
import { createJobStates } from '../../engine-kit/containers/job-states.ts';
import { digest } from '../../engine-kit/output/layout.ts';
import { actionOf, finish, firstOutput, newJob } from '../contracts/engine-harness.ts';
import { basic, ecsSetting, withVolume } from './setting.ts';

const setting = ecsSetting();
const run: ReturnType<typeof setting>['run'] = (...args) => setting().run(...args);

async function tasksOf(key: Parameters<typeof actionKeyText>[0]) {
  const { tasks } = await setting().tell();
  return tasks.filter(({ startedBy }) => startedBy === `palvella-${digest(actionKeyText(key))}`);
}

test('no room in the cluster: the log says what is lacking, and the task runs once there is some', async () => {
  const { tell } = setting();
  for (const reason of ['RESOURCE:MEMORY', 'RESOURCE:CPU']) {
    await tell({ fail: { operation: 'RunTask', times: 1, answer: { tasks: [], failures: [{ arn: 'a', reason }] } } });
  }
  const message = 'Capacity is unavailable at this time. Please try again later or in a different availability zone';
  await tell({ fail: { operation: 'RunTask', times: 1, error: 'ClientException', message } });
  const { stdout, said } = await run({ ...basic, launch_type: 'ec2' }, 'echo ran');
  expect(stdout).toBe('ran\n');
  expect(said).toContain('No instance of the cluster has enough memory for the task. Trying again.');
  expect(said).toContain('No instance of the cluster has enough CPU for the task. Trying again.');
  expect(said).toContain(message);
});

test('no room until its time is over: one clear line', async () => {
  const answer = { tasks: [], failures: [{ arn: 'a', reason: 'RESOURCE:MEMORY' }] };
  await setting().tell({ fail: { operation: 'RunTask', times: 3, answer } });
  const { exit } = await run({ ...basic, start_timeout: 2 }, 'true');
  expect(exit.broke).toContain('The task did not start within 2 s: no instance of the cluster has enough memory');
  await setting().tell({ clear: true });
});

test('a task that could not be set up runs in another try, where that can help', async () => {
  const reason =
    'ResourceInitializationError: unable to pull secrets or registry auth: RequestError: send request failed: i/o timeout';
  await setting().tell({ failStart: { reason } });
  const key = actionOf(newJob(), 'tried');
  const { stdout, said } = await run(basic, 'echo ran', key, 'tried');
  expect(stdout).toBe('ran\n');
  expect(said).toContain('AWS could not set the task up: unable to pull secrets');
  expect(await tasksOf(key)).toHaveLength(2);
});

test('a task that others stop, or whose machine AWS takes back, says so', async () => {
  for (const [stopCode, reason, words] of [
    ['UserInitiated', 'by hand', 'Somebody stopped the task: by hand'],
    ['SpotInterruption', 'Your Spot Task was interrupted.', 'AWS took the machine of the task back'],
  ] as const) {
    const key = actionOf(newJob(), 'taken');
    const running = await setting().start(basic, 'echo begun; sleep 1000', key, 'taken');
    expect(await firstOutput(running)).toContain('begun');
    const [task] = await tasksOf(key);
    await setting().tell({ interrupt: { task: task?.taskArn ?? '', stopCode, reason } });
    expect(await running.exit).toMatchObject({ status: null, broke: expect.stringContaining(words) });
  }
});

test.each([
  ['finds it by its name', undefined],
  ['is given the same again, where lists do not show it yet', { taskArns: [] }],
])('a Worker that was killed after it asked for a task and before it knew of it %s', async (_, answer) => {
  const key = actionOf(newJob(), 'asked');
  await setting().start(withVolume, 'echo ran >> ran; sleep 3; cat ran', key, 'asked');
  await expect.poll(async () => (await tasksOf(key)).length, { timeout: 20_000 }).toBe(1);
  await setting().engine.close();
  const file = join(createJobStates(join(setting().folder, 'ecs')).folderOf(key), 'task.json');
  const { arn: _arn, ...asked } = JSON.parse(readFileSync(file, 'utf8')) as { arn: string };
  writeFileSync(file, JSON.stringify(asked));
  if (answer !== undefined) await setting().tell({ fail: { operation: 'ListTasks', times: 2, answer } });
  const engine = await setting().again();
  await engine.prepare({ key, settings: withVolume });
  const found = await engine.attach(key, 0);
  expect(found === undefined).toBe(answer !== undefined);
  const command = 'echo ran >> ran; sleep 3; cat ran';
  const running = found ?? (await engine.start({ key, command, environ: {} }));
  expect((await finish(running)).stdout).toBe('ran\n');
  expect(await tasksOf(key)).toHaveLength(1);
  await engine.close();
});

test('a task that AWS has forgotten is known by its log', async () => {
  const key = actionOf(newJob(), 'forgotten');
  const running = await setting().start(basic, 'echo begun; sleep 1; echo ended; exit 6', key, 'forgotten');
  await firstOutput(running);
  await setting().engine.close();
  await expect.poll(async () => (await tasksOf(key))[0]?.lastStatus, { timeout: 20_000 }).toBe('STOPPED');
  await setting().tell({ forgetEnded: true });
  const engine = await setting().again();
  const found = await engine.attach(key, 0);
  if (found === undefined) throw new Error('it was not found');
  const { exit, stdout } = await finish(found);
  expect(stdout).toBe('begun\nended\n');
  expect(exit.status).toBe(6);
  await engine.close();
});

test('where the end of the log does not come, the exit code of the task counts, and that is said', async () => {
  const answer = { events: [], nextForwardToken: 'f/0', nextBackwardToken: 'b/0' };
  await setting().tell({ fail: { operation: 'GetLogEvents', times: 10_000, answer } });
  const { exit, said } = await run(basic, 'exit 5');
  expect(exit.status).toBe(5);
  expect(said).toContain('The end of the log did not come from CloudWatch');
  await setting().tell({ clear: true });
}, 90_000);

test('another Worker with the same name finds by AWS alone what it holds, and removes it', async () => {
  const { job } = await run(basic, 'true');
  const stranger = await setting().elsewhere();
  expect(await stranger.held()).toContainEqual(job);
  await stranger.teardown(job);
  const { definitions, streams } = await setting().tell();
  expect([...definitions, ...streams].filter((name) => name.includes(digest(jobKeyText(job))))).toEqual([]);
  await stranger.close();
});
