import { fork } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import type { Engine, OutputChunk } from '../../core/contracts/engine.ts';
import {
  actionOf,
  commandOf,
  type EngineUnderTest,
  finish,
  firstOutput,
  newJob,
  runOnce,
  sleepsOf,
  textOf,
  until,
} from './engine-harness.ts';

/** How commands outlive Workers, and how they and their Jobs end. */
export function lifeContract(under: () => EngineUnderTest): void {
  test('attach finds nothing where nothing was started', async () => {
    const job = newJob();
    expect(await under().engine.attach(actionOf(job), 0)).toBeUndefined();
    await under().engine.prepare({ key: job, settings: under().settings });
    expect(await under().engine.attach(actionOf(job), 0)).toBeUndefined();
  });

  test('attach goes on at any offset that was given, with nothing lost or doubled', async () => {
    const job = newJob();
    const key = actionOf(job);
    await under().engine.prepare({ key: job, settings: under().settings });
    const whole = await finish(
      await under().engine.start(commandOf(key, 'for i in 1 2 3 4 5 6; do echo $i; echo e$i >&2; sleep 0.02; done')),
    );
    expect(whole.stdout).toBe('1\n2\n3\n4\n5\n6\n');
    const bytes = Buffer.concat(whole.chunks.map(({ frames }) => frames));
    for (const { end } of [{ end: 0 }, ...whole.chunks]) {
      const again = await under().engine.attach(key, end);
      if (again === undefined) throw new Error('it was not found');
      const rest = await finish(again);
      expect(Buffer.concat(rest.chunks.map(({ frames }) => frames))).toEqual(bytes.subarray(end));
      expect(rest.exit).toEqual(whole.exit);
    }
  });

  test('a command outlives the kill of its Worker, and its real exit status is found', async () => {
    const job = newJob();
    const key = actionOf(job);
    const script = 'echo $$ >> ran; i=0; while [ $i -lt 40 ]; do i=$((i+1)); echo line $i; sleep 0.02; done; exit 7';
    const worker = fork(new URL('./engine-victim.ts', import.meta.url), [
      under().module.href,
      under().stateFolder,
      JSON.stringify({ job, settings: under().settings, command: commandOf(key, script) }),
    ]);
    const [seen] = (await once(worker, 'message')) as [number];
    worker.kill('SIGKILL');
    await once(worker, 'exit');

    await under().engine.prepare({ key: job, settings: under().settings });
    const running = await under().engine.attach(key, 0);
    if (running === undefined) throw new Error('the command was lost');
    const done = await finish(running);
    expect(seen).toBeGreaterThan(0);
    expect(done.stdout).toBe(Array.from({ length: 40 }, (_, i) => `line ${i + 1}\n`).join(''));
    expect(done.exit.status).toBe(7);
    expect((await runOnce(under(), job, 'wc -l < ran')).stdout.trim()).toBe('1');
  });

  test('stop asks first, then kills the whole group and what has left it', async () => {
    const job = newJob();
    const key = actionOf(job);
    await under().engine.prepare({ key: job, settings: under().settings });
    const script = 'trap "" TERM; (setsid sleep 1000 &) ; sleep 1000 & echo ready; while :; do sleep 1; done';
    const running = await under().engine.start(commandOf(key, script));
    await firstOutput(running);
    const before = performance.now();
    await under().engine.stop(key, 300);
    expect(performance.now() - before).toBeGreaterThan(250);
    expect(await running.exit).toMatchObject({ status: null, signal: 'SIGKILL' });
    await under().engine.stop(key, 300);
    expect(sleepsOf(key.runId)).toBe(0);
  });

  test('a command may tidy up when it is asked to end', async () => {
    const job = newJob();
    await under().engine.prepare({ key: job, settings: under().settings });
    const script = 'trap "echo tidied; exit 3" TERM; echo ready; while :; do sleep 0.05; done';
    const running = await under().engine.start(commandOf(actionOf(job), script));
    await firstOutput(running);
    await under().engine.stop(actionOf(job), 5_000);
    expect((await running.exit).status).toBe(3);
  });

  test('a command stopped, or its Job torn down, the moment it is started does not run on', async () => {
    const [stopped, torn] = [newJob(), newJob()];
    for (const job of [stopped, torn]) await under().engine.prepare({ key: job, settings: under().settings });
    const running = await under().engine.start(commandOf(actionOf(stopped), 'sleep 1000'));
    await under().engine.stop(actionOf(stopped), 5_000);
    expect((await running.exit).signal).toBe('SIGTERM');
    await under().engine.start(commandOf(actionOf(torn), 'sleep 1000'));
    await under().engine.teardown(torn);
    expect(sleepsOf(torn.runId)).toBe(0);
  });

  test('a process left behind does not hold the Action up, and goes with the Job', async () => {
    const job = newJob();
    await under().engine.prepare({ key: job, settings: under().settings });
    const running = await under().engine.start(commandOf(actionOf(job), 'setsid sleep 1000 & echo done'));
    const chunks: OutputChunk[] = [];
    // Not before it prints: a container is made first.
    let printedAt = Number.NEGATIVE_INFINITY;
    for await (const chunk of running.output) {
      chunks.push(chunk);
      if (textOf([chunk], 'stdout') !== '') printedAt = performance.now();
    }
    await running.exit;
    expect(performance.now() - printedAt).toBeLessThan(5_000);
    expect(textOf(chunks, 'stdout')).toBe('done\n');
    await under().engine.teardown(job);
    expect(sleepsOf(job.runId)).toBe(0);
  });

  test('teardown removes all, is safe to repeat, and when never prepared', async () => {
    const job = newJob();
    await runOnce(under(), job, 'mkdir locked; touch locked/file; chmod 500 locked');
    expect(await under().engine.held()).toContainEqual(job);
    await under().engine.teardown(job);
    await under().engine.teardown(job);
    await under().engine.teardown(newJob());
    expect(await under().engine.held()).not.toContainEqual(job);
    expect(await under().engine.attach(actionOf(job), 0)).toBeUndefined();
  });

  test('a new process holds what the old one left', async () => {
    const job = newJob();
    await under().engine.prepare({ key: job, settings: under().settings });
    const { create } = (await import(under().module.href)) as { create(folder: string): Promise<Engine> };
    const other = await create(under().stateFolder);
    expect(await other.held()).toContainEqual(job);
    await other.close();
  });

  // Fifty pods take 14 s on two cores that have nothing else to do.
  test('fifty Jobs at once keep their outputs apart', async () => {
    const done = await Promise.all(
      Array.from({ length: 50 }, (_, i) => runOnce(under(), newJob(), `echo ${i}; echo $PALVELLA_RUN`)),
    );
    expect(done.map(({ stdout }) => stdout.split('\n')[0])).toEqual(done.map((_, i) => String(i)));
    expect(new Set(done.map(({ stdout }) => stdout)).size).toBe(50);
    await until(async () => (await under().engine.held()).length >= 50);
  }, 90_000);
}
