import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  actionOf,
  commandOf,
  type EngineUnderTest,
  finish,
  firstOutput,
  newJob,
  readText,
  runOnce,
  until,
} from './engine-harness.ts';

/** What every Engine that runs commands must do. Each implementation passes this whole suite. */
export function engineContract(name: string, make: () => Promise<EngineUnderTest>): void {
  describe(`engine contract: ${name}`, () => {
    let under: EngineUnderTest;
    beforeAll(async () => {
      under = await make();
    });
    afterAll(async () => {
      for (const job of await under.engine.held()) await under.engine.teardown(job);
      await under.engine.close();
      await under.dispose();
    });

    test('a command that ends well says so, with its output on the right streams', async () => {
      const done = await runOnce(under.engine, newJob(), 'echo out; echo err >&2');
      expect(done.exit).toMatchObject({ status: 0, namedOutput: '' });
      expect(done.exit.broke).toBeUndefined();
      expect(done).toMatchObject({ stdout: 'out\n', stderr: 'err\n' });
    });

    test.each([1, 2, 127, 255])('exit status %i is reported', async (status) => {
      expect((await runOnce(under.engine, newJob(), `exit ${status}`)).exit.status).toBe(status);
    });

    test('a command killed by a signal has no status but the signal', async () => {
      const { exit } = await runOnce(under.engine, newJob(), 'kill -9 $$');
      expect(exit).toMatchObject({ status: null, signal: 'SIGKILL' });
    });

    test('the first failing line ends the default shell', async () => {
      const done = await runOnce(under.engine, newJob(), 'false\necho never');
      expect(done.exit.status).toBe(1);
      expect(done.stdout).toBe('');
    });

    test('another shell gets the command as its last argument', async () => {
      const job = newJob();
      await under.engine.prepare({ key: job, settings: {} });
      const command = { ...commandOf(actionOf(job), 'a b'), shell: ['printf', '<%s>'] };
      expect((await finish(await under.engine.start(command))).stdout).toBe('<a b>');
    });

    test('a shell that is not there breaks the machinery, with its name', async () => {
      const job = newJob();
      await under.engine.prepare({ key: job, settings: {} });
      const running = await under.engine.start({ ...commandOf(actionOf(job), 'x'), shell: ['no-such-shell'] });
      expect((await finish(running)).exit).toMatchObject({
        status: null,
        broke: expect.stringContaining('no-such-shell'),
      });
    });

    test('output may be opened again by name', async () => {
      const done = await runOnce(under.engine, newJob(), 'echo a > /dev/stdout; echo b > /dev/stderr');
      expect(done).toMatchObject({ stdout: 'a\n', stderr: 'b\n' });
    });

    test('only the environment asked for is there, and nothing of the server', async () => {
      process.env['PALVELLA_WORKER_TOKEN'] = 'plv_secret_of_the_server';
      process.env['SOME_SECRET'] = 'hunter2';
      const { stdout } = await runOnce(
        under.engine,
        newJob(),
        'env; cat /proc/$PPID/environ 2>/dev/null | tr "\\0" "\\n"',
        {
          MINE: 'a "quoted" $value',
        },
      );
      expect(stdout).toContain('MINE=a "quoted" $value\n');
      expect(stdout).not.toContain('plv_secret_of_the_server');
      expect(stdout).not.toContain('hunter2');
    });

    test('settings of the Engine are seen by every command, those of the Action win', async () => {
      const job = newJob();
      await under.engine.prepare({ key: job, settings: { environ: { A: 'engine', B: 'engine' } } });
      const running = await under.engine.start(commandOf(actionOf(job), 'echo $A $B', { B: 'action' }));
      expect((await finish(running)).stdout).toBe('engine action\n');
    });

    test('Actions of a Job share a workspace, Jobs do not', async () => {
      const job = newJob();
      await runOnce(under.engine, job, 'echo kept > file');
      expect((await runOnce(under.engine, job, 'cat file')).stdout).toBe('kept\n');
      expect((await runOnce(under.engine, newJob(), 'ls')).stdout).toBe('');
    });

    test('a directory is relative to the workspace and may not leave it', async () => {
      const job = newJob();
      await runOnce(under.engine, job, 'mkdir -p deep/er');
      const inside = { ...commandOf(actionOf(job, 'inside'), 'basename $PWD'), directory: 'deep/er' };
      expect((await finish(await under.engine.start(inside))).stdout).toBe('er\n');
      const outside = { ...commandOf(actionOf(job, 'outside'), 'pwd'), directory: '../..' };
      await expect(under.engine.start(outside)).rejects.toMatchObject({ code: 'engine_refused' });
    });

    test('what the command writes to $PALVELLA_OUTPUT comes back', async () => {
      const { exit } = await runOnce(
        under.engine,
        newJob(),
        'echo a=1 >> $PALVELLA_OUTPUT; echo b=2 >> $PALVELLA_OUTPUT',
      );
      expect(exit.namedOutput).toBe('a=1\nb=2\n');
    });

    test('a named output above 1 MiB breaks, a link there is not followed', async () => {
      const large = await runOnce(under.engine, newJob(), 'head -c 1100000 /dev/zero > $PALVELLA_OUTPUT');
      expect(large.exit.broke).toContain('1 MiB');
      const link = await runOnce(under.engine, newJob(), 'ln -s /etc/hostname $PALVELLA_OUTPUT');
      expect(link.exit.namedOutput).toBe('');
    });

    test('a prompt without a line end arrives while the command runs', async () => {
      const job = newJob();
      await under.engine.prepare({ key: job, settings: {} });
      const running = await under.engine.start(commandOf(actionOf(job), 'printf prompt; sleep 30'));
      expect(await firstOutput(running)).toContain('prompt');
      await under.engine.stop(actionOf(job), 100);
    });

    test('attach finds nothing where nothing was started', async () => {
      const job = newJob();
      expect(await under.engine.attach(actionOf(job), 0)).toBeUndefined();
      await under.engine.prepare({ key: job, settings: {} });
      expect(await under.engine.attach(actionOf(job), 0)).toBeUndefined();
    });

    test('attach goes on at any offset that was given, with nothing lost or doubled', async () => {
      const job = newJob();
      const key = actionOf(job);
      await under.engine.prepare({ key: job, settings: {} });
      const whole = await finish(
        await under.engine.start(commandOf(key, 'for i in 1 2 3 4 5 6; do echo $i; echo e$i >&2; sleep 0.02; done')),
      );
      expect(whole.stdout).toBe('1\n2\n3\n4\n5\n6\n');
      const bytes = Buffer.concat(whole.chunks.map(({ frames }) => frames));
      for (const { end } of [{ end: 0 }, ...whole.chunks]) {
        const again = await under.engine.attach(key, end);
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
        under.module.href,
        under.stateFolder,
        JSON.stringify({ job, command: commandOf(key, script) }),
      ]);
      const [seen] = (await once(worker, 'message')) as [number];
      worker.kill('SIGKILL');
      await once(worker, 'exit');

      await under.engine.prepare({ key: job, settings: {} });
      const running = await under.engine.attach(key, 0);
      if (running === undefined) throw new Error('the command was lost');
      const done = await finish(running);
      expect(seen).toBeGreaterThan(0);
      expect(done.stdout).toBe(Array.from({ length: 40 }, (_, i) => `line ${i + 1}\n`).join(''));
      expect(done.exit.status).toBe(7);
      expect((await runOnce(under.engine, job, 'wc -l < ran')).stdout.trim()).toBe('1');
    });

    test('stop asks first, then kills the whole group and what has left it', async () => {
      const job = newJob();
      const key = actionOf(job);
      await under.engine.prepare({ key: job, settings: {} });
      const script = 'trap "" TERM; (setsid sleep 1000 &) ; sleep 1000 & echo ready; while :; do sleep 1; done';
      const running = await under.engine.start(commandOf(key, script));
      await firstOutput(running);
      const before = performance.now();
      await under.engine.stop(key, 300);
      expect(performance.now() - before).toBeGreaterThan(250);
      expect(await running.exit).toMatchObject({ status: null, signal: 'SIGKILL' });
      await under.engine.stop(key, 300);
      expect((await runOnce(under.engine, newJob(), countSleeps(key.runId))).stdout.trim()).toBe('0');
    });

    test('a command may tidy up when it is asked to end', async () => {
      const job = newJob();
      await under.engine.prepare({ key: job, settings: {} });
      const script = 'trap "echo tidied; exit 3" TERM; echo ready; while :; do sleep 0.05; done';
      const running = await under.engine.start(commandOf(actionOf(job), script));
      await firstOutput(running);
      await under.engine.stop(actionOf(job), 5_000);
      expect((await running.exit).status).toBe(3);
    });

    test('a process left behind does not hold the Action up, and goes with the Job', async () => {
      const job = newJob();
      const before = performance.now();
      const done = await runOnce(under.engine, job, 'setsid sleep 1000 & echo done');
      expect(done.stdout).toBe('done\n');
      expect(performance.now() - before).toBeLessThan(5_000);
      await under.engine.teardown(job);
      expect((await runOnce(under.engine, newJob(), countSleeps(job.runId))).stdout.trim()).toBe('0');
    });

    test('teardown removes all, is safe to repeat, and when never prepared', async () => {
      const job = newJob();
      await runOnce(under.engine, job, 'mkdir locked; touch locked/file; chmod 500 locked');
      expect(await under.engine.held()).toContainEqual(job);
      await under.engine.teardown(job);
      await under.engine.teardown(job);
      await under.engine.teardown(newJob());
      expect(await under.engine.held()).not.toContainEqual(job);
      expect(await under.engine.attach(actionOf(job), 0)).toBeUndefined();
    });

    test('a new process holds what the old one left', async () => {
      const job = newJob();
      await under.engine.prepare({ key: job, settings: {} });
      const { create } = (await import(under.module.href)) as { create(folder: string): Promise<typeof under.engine> };
      const other = await create(under.stateFolder);
      expect(await other.held()).toContainEqual(job);
      await other.close();
    });

    test('files go into the workspace and come back', async () => {
      const job = newJob();
      const workspace = await under.engine.prepare({ key: job, settings: {} });
      await workspace.write('deep/file.txt', Readable.from(['content']));
      expect((await runOnce(under.engine, job, 'cat deep/file.txt')).stdout).toBe('content');
      expect(await readText(await workspace.read('deep/file.txt'))).toBe('content');
    });

    test.each(['../outside', '/etc/hostname', 'a/../../b', 'nul\0byte', 'link', 'folder/hostname'])(
      'a path may not leave the workspace: %j',
      async (path) => {
        const job = newJob();
        await runOnce(under.engine, job, 'ln -s /etc/hostname link; ln -s /etc folder');
        const workspace = await under.engine.prepare({ key: job, settings: {} });
        await expect(workspace.read(path)).rejects.toMatchObject({ code: 'engine_refused' });
        await expect(workspace.write(path, Readable.from(['x']))).rejects.toMatchObject({ code: 'engine_refused' });
      },
    );

    test('a pipe in the workspace is refused, not waited for', async () => {
      const job = newJob();
      await runOnce(under.engine, job, 'mkfifo pipe');
      const workspace = await under.engine.prepare({ key: job, settings: {} });
      await expect(workspace.read('pipe')).rejects.toMatchObject({ code: 'engine_refused' });
    });

    test('fifty Jobs at once keep their outputs apart', async () => {
      const done = await Promise.all(
        Array.from({ length: 50 }, (_, i) => runOnce(under.engine, newJob(), `echo ${i}; echo $PALVELLA_RUN`)),
      );
      expect(done.map(({ stdout }) => stdout.split('\n')[0])).toEqual(done.map((_, i) => String(i)));
      expect(new Set(done.map(({ stdout }) => stdout)).size).toBe(50);
      await until(async () => (await under.engine.held()).length >= 50);
    });
  });
}

/** Counts sleeps that this run's marker is on; the counting shell is of another run. */
function countSleeps(runId: string): string {
  return `for p in /proc/[0-9]*; do
    if [ "$(cat $p/comm 2>/dev/null)" = sleep ] && tr '\\0' '\\n' < $p/environ 2>/dev/null | grep -q '^PALVELLA_RUN=${runId}'; then echo $p; fi
  done | wc -l`;
}
