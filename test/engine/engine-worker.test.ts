import type { ChildProcess } from 'node:child_process';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { actionKeyText } from '../../core/keys.ts';
import { until } from '../contracts/engine-harness.ts';
import { createSetting, end, type Setting, taskOf } from './harness.ts';

let setting: Setting;
let worker: ChildProcess;

beforeAll(async () => {
  setting = await createSetting();
  worker = await setting.startWorker();
});
afterAll(() => setting.dispose());
afterEach(async () => {
  if (worker.exitCode !== null || worker.signalCode !== null) worker = await setting.startWorker();
});

const counting = (file: string, lines = 60) =>
  `echo started >> ${file}; i=0; while [ $i -lt ${lines} ]; do i=$((i+1)); echo line $i; sleep 0.03; done; exit 3`;
const lines = (count: number) => Array.from({ length: count }, (_, i) => `line ${i + 1}\n`).join('');

describe('an engine Worker', () => {
  test('runs a command, brings its log and returns its result', async () => {
    const task = taskOf('echo out; echo err >&2; echo answer=42 > $PALVELLA_OUTPUT', { needsText: true });
    const result = await setting.run(task);
    expect(result).toMatchObject({
      status: 'succeeded',
      exitStatus: 0,
      output: { answer: 42 },
      text: 'out\n',
      reason: null,
      workerId: setting.workerId,
    });
    const key = actionKeyText(task.key);
    expect(setting.api.logText(key)).toBe('out\n');
    expect(setting.api.logText(key, 'stderr')).toBe('err\n');
    await until(() => setting.api.logs.get(key)?.closed === true);
    expect(setting.api.reports.filter(({ key: { runId } }) => runId === task.key.runId)).toEqual([]);
  });

  test('has what a setup gave over what the Engine sets, and below what the Action sets', async () => {
    const task = taskOf('echo "$A $B $C"', {
      input: { command: 'echo "$A $B $C"', environ: { C: 'action' } },
      engine: { ...taskOf('').engine, settings: { environ: { A: 'engine', B: 'engine', C: 'engine' } } },
      environ: { B: 'setup', C: 'setup' },
      needsText: true,
    });
    expect(await setting.run(task)).toMatchObject({ text: 'engine setup action\n' });
  });

  test('says of a command that takes its time that it has begun', async () => {
    const file = join(setting.stateFolder, 'go-on');
    const task = taskOf(`until test -e ${file}; do sleep 0.05; done`);
    const running = setting.run(task);
    await until(() => setting.api.reports.some(({ key }) => key.runId === task.key.runId));
    writeFileSync(file, '');
    await running;
    const reports = setting.api.reports.filter(({ key }) => key.runId === task.key.runId);
    expect(reports).toMatchObject([{ status: 'running', key: task.key }]);
  });

  test('a command that fails is a value with its exit status', async () => {
    expect(await setting.run(taskOf('exit 4'))).toMatchObject({
      status: 'failed',
      exitStatus: 4,
      reason: 'The exit status is 4.',
    });
    const fine = taskOf('exit 4', { input: { command: 'exit 4', success_exit_status: [0, 4] } });
    expect(await setting.run(fine)).toMatchObject({ status: 'succeeded', exitStatus: 4 });
  });

  test('kill -9 in the middle: the command runs once, no line is lost or doubled, its status is found', async () => {
    const file = join(setting.stateFolder, 'killed');
    const task = taskOf(counting(file), { needsText: true });
    const handle = await setting.start(task);
    const key = actionKeyText(task.key);
    await until(() => setting.api.logs.has(key) && setting.api.logText(key).includes('line 5\n'));
    await end(worker, 'SIGKILL');
    const temporary = join(setting.stateFolder, 'tmp');
    writeFileSync(join(temporary, 'left'), 'a key');
    worker = await setting.startWorker();
    expect(await readdir(temporary)).toEqual([]);
    expect(await handle.result()).toMatchObject({ status: 'failed', exitStatus: 3, text: lines(60) });
    expect(setting.api.logText(key)).toBe(lines(60));
    expect(await readFile(file, 'utf8')).toBe('started\n');
  });

  test('a second Worker in the same folder does not start', async () => {
    const second = await setting.startWorker({ PALVELLA_WORKER_ID: 'second' });
    onTestFinished(() => end(second, 'SIGKILL'));
    if (second.exitCode === null) await once(second, 'exit');
    expect(second.exitCode).toBe(2);
    expect(await setting.run(taskOf('true'))).toMatchObject({ status: 'succeeded' });
  });

  test('a stop of the Worker leaves the command running, and the next one goes on', async () => {
    const file = join(setting.stateFolder, 'stopped');
    const task = taskOf(counting(file, 100));
    const handle = await setting.start(task);
    const key = actionKeyText(task.key);
    await until(() => setting.api.logs.has(key));
    const before = performance.now();
    await end(worker, 'SIGTERM');
    expect(performance.now() - before).toBeLessThan(3_000);
    worker = await setting.startWorker();
    expect(await handle.result()).toMatchObject({ status: 'failed', exitStatus: 3 });
    expect(setting.api.logText(key)).toBe(lines(100));
    expect(await readFile(file, 'utf8')).toBe('started\n');
  });

  test('kill -9 of Worker and supervisor: it is said that the end is not known, and nothing runs on or again', async () => {
    const file = join(setting.stateFolder, 'broke');
    const task = taskOf(`echo started >> ${file}; sleep 1000`);
    const handle = await setting.start(task);
    await until(async () => (await readFile(file, 'utf8').catch(() => '')) !== '');
    await end(worker, 'SIGKILL');
    await killSupervisor(setting.stateFolder);
    worker = await setting.startWorker();
    expect(await handle.result()).toMatchObject({
      status: 'errored',
      reason: expect.stringContaining('supervisor was killed'),
    });
    expect(await readFile(file, 'utf8')).toBe('started\n');
    expect(await running(task.key.runId)).toBe(0);
  });

  test('the API away for a while loses nothing', async () => {
    const task = taskOf(counting('/dev/null', 40));
    const handle = await setting.start(task);
    const key = actionKeyText(task.key);
    await until(() => setting.api.logs.has(key));
    await setting.api.close();
    await new Promise((resolve) => setTimeout(resolve, 800));
    await setting.api.listen();
    expect(await handle.result()).toMatchObject({ exitStatus: 3 });
    expect(setting.api.logText(key)).toBe(lines(40));
  });

  test('a stop of the run ends the command and all its children', async () => {
    const task = taskOf('trap "echo bye" TERM; (setsid sleep 1000 &); sleep 1000');
    const handle = await setting.start(task);
    await until(async () => (await running(task.key.runId)) > 0);
    await handle.cancel();
    await expect(handle.result()).resolves.toMatchObject({ status: 'stopped', reason: 'It was stopped.' });
    expect(await running(task.key.runId)).toBe(0);
  });

  test('a timeout ends the command', async () => {
    const task = taskOf('sleep 1000', { timeoutMs: 400 });
    expect(await setting.run(task)).toMatchObject({
      status: 'timed_out',
      reason: 'It took longer than its timeout of 400 ms.',
    });
    expect(await running(task.key.runId)).toBe(0);
  });

  test('a leased secret is used, and masked in log, text, output and reason', async () => {
    setting.api.secrets.set('cloud', 'tr0ub4dor&3');
    const command =
      'echo "$KEY"; printf "$KEY" | base64; printf "tr0ub4"; sleep 0.2; echo "dor&3"; echo "key=$KEY" > $PALVELLA_OUTPUT';
    const task = taskOf('', {
      input: { command, environ: { KEY: '' } },
      inputCredentials: [{ at: ['environ', 'KEY'], name: 'cloud' }],
      needsText: true,
    });
    const result = await setting.run(task);
    expect(result).toMatchObject({ status: 'succeeded', text: '***\n***\n***\n', output: { key: '***' } });
    expect(setting.api.logText(actionKeyText(task.key))).toBe('***\n***\n***\n');
  });

  test('a summary is kept with its secrets masked, also where the command failed, and only where there is one', async () => {
    setting.api.secrets.set('cloud', 'tr0ub4dor&3');
    const command = 'printf "# Result\\nkey %s, %s\\n" "$KEY" "$(printf "$KEY" | base64)" > $PALVELLA_SUMMARY; exit 2';
    const task = taskOf('', {
      input: { command, environ: { KEY: '' } },
      inputCredentials: [{ at: ['environ', 'KEY'], name: 'cloud' }],
    });
    setting.api.summaries.clear();
    expect(await setting.run(task)).toMatchObject({ status: 'failed', exitStatus: 2 });
    expect([...setting.api.summaries]).toEqual([[task.key.action, '# Result\nkey ***, ***\n']]);
    await setting.run(taskOf('true'));
    expect(setting.api.summaries.size).toBe(1);
  });

  test('a secret that one Action left in a file is masked where another prints it', async () => {
    setting.api.secrets.set('cloud', 'tr0ub4dor&3');
    const first = taskOf('', {
      input: { command: 'printf "$KEY" > key', environ: { KEY: '' } },
      inputCredentials: [{ at: ['environ', 'KEY'], name: 'cloud' }],
      lastOfJob: false,
    });
    await setting.run(first);
    const second = taskOf('cat key', { key: { ...first.key, action: 'second' } });
    await setting.run(second);
    expect(setting.api.logText(actionKeyText(second.key))).toBe('***');
  });

  test('an unknown Credential errs with that reason, and nothing starts', async () => {
    const task = taskOf('true', { inputCredentials: [{ at: ['environ', 'KEY'], name: 'none' }] });
    expect(await setting.run(task)).toMatchObject({ status: 'errored', reason: 'There is no such Credential.' });
  });

  test('outputs that are too large err with the remedy', async () => {
    const task = taskOf('printf "a=%s" "$(head -c 40000 /dev/zero | tr "\\0" x)" > $PALVELLA_OUTPUT');
    expect(await setting.run(task)).toMatchObject({
      status: 'errored',
      output: {},
      reason: expect.stringContaining('store'),
    });
  });

  test('a long text does not come back, but says so', async () => {
    const result = await setting.run(taskOf('head -c 40000 /dev/zero | tr "\\0" x', { needsText: true }));
    expect(result.textCut).toBe(true);
    expect(result.text).toBeUndefined();
  });

  test('files go from Job to Job', async () => {
    const first = taskOf('echo content > made');
    await setting.run(first);
    const store = {
      ...first,
      type: 'store',
      input: { key: 'a/b', path: 'made' },
      key: { ...first.key, action: 'store' },
      lastOfJob: true,
    };
    const before = (await stat(join(setting.stateFolder, 'tmp'))).mtimeMs;
    expect(await setting.run(store)).toMatchObject({ status: 'succeeded', output: { key: 'a/b', size: 8 } });
    expect((await stat(join(setting.stateFolder, 'tmp'))).mtimeMs).toBeGreaterThan(before);
    const load = taskOf('', { type: 'load', input: { key: 'a/b', path: 'deep/copy' } });
    expect(await setting.run(load)).toMatchObject({ status: 'succeeded' });
    const read = { ...taskOf('cat deep/copy', { needsText: true }), key: { ...load.key, action: 'read' } };
    expect(await setting.run(read)).toMatchObject({ text: 'content\n' });
    const none = taskOf('', { type: 'load', input: { key: 'none', path: 'x' } });
    expect(await setting.run(none)).toMatchObject({ status: 'errored', reason: 'There is no file none.' });
  });

  test('the last Action of a Job leaves nothing, and its result stays known', async () => {
    const task = taskOf('echo once; sleep 1000 & true', { lastOfJob: true });
    const result = await setting.run(task);
    await until(async () => (await running(task.key.runId)) === 0);
    expect(await setting.run(task)).toEqual(result);
    expect(setting.api.logText(actionKeyText(task.key))).toBe('once\n');
  });

  test('a Job of another Worker is refused with its name', async () => {
    const task = taskOf('true');
    setting.api.claims.set(`${task.key.runId}/build#1`, 'another');
    await expect(setting.run(task)).rejects.toMatchObject({
      cause: { cause: { type: 'conflict', details: ['another'] } },
    });
  });

  test('what the API says is over goes, also when the Worker comes back', async () => {
    const task = taskOf('sleep 1000');
    await setting.start(task);
    await until(async () => (await running(task.key.runId)) > 0);
    await end(worker, 'SIGKILL');
    setting.api.over = [task.key];
    worker = await setting.startWorker();
    expect(await running(task.key.runId)).toBe(0);
    await until(() => setting.api.heartbeats.at(-1)?.held.every(({ runId }) => runId !== task.key.runId) === true);
  });

  test('a queue that is named later is served', async () => {
    setting.api.queues = [...setting.api.queues, 'engine/local?arch=mine'];
    expect(await setting.run(taskOf('true'), 'engine/local?arch=mine')).toMatchObject({ status: 'succeeded' });
  });

  test('a log of 100 MB arrives whole, with the memory of the Worker flat', async () => {
    const line = 'a line of text that is about eighty characters long, as those of logs are, or so';
    const bytes = 100 * 1024 * 1024;
    const task = taskOf(`yes '${line}' | head -c ${bytes}`);
    const before = await residentBytes(worker);
    let peak = before;
    const watch = setInterval(() => void residentBytes(worker).then((now) => (peak = Math.max(peak, now))), 50);
    expect(await setting.run(task)).toMatchObject({ status: 'succeeded' });
    clearInterval(watch);
    const text = setting.api.logText(actionKeyText(task.key));
    setting.api.logs.delete(actionKeyText(task.key));
    expect(text.length).toBe(bytes);
    const rows = text.split('\n');
    expect(rows.slice(0, -1).every((row) => row === line)).toBe(true);
    expect(line.startsWith(rows.at(-1) ?? '-')).toBe(true);
    expect(peak - before).toBeLessThan(100 * 1024 * 1024);
  });

  test('the result is kept where Temporal sends an Action twice', async () => {
    const task = taskOf('echo x; date +%N');
    const [first, second] = await Promise.all([setting.run(task), setting.run(task)]);
    expect(second).toEqual(first);
  });
});

async function residentBytes({ pid }: ChildProcess): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
}

async function running(runId: string): Promise<number> {
  const script = `for p in /proc/[0-9]*; do tr '\\0' '\\n' < $p/environ 2>/dev/null | grep -q '^PALVELLA_RUN=${runId}$' && echo $p; done; true`;
  const { stdout } = await promisify(execFile)('sh', ['-c', script]);
  return stdout.split('\n').filter((line) => line !== '').length;
}

async function killSupervisor(stateFolder: string): Promise<void> {
  const script = `for p in /proc/[0-9]*; do tr '\\0' ' ' < $p/cmdline 2>/dev/null | grep -q 'supervisor' && ls -l $p/fd 2>/dev/null | grep -q '${stateFolder}' && kill -9 \${p#/proc/}; done; true`;
  await promisify(execFile)('sh', ['-c', script]);
}
