import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createLocalEngine } from './engine.ts';
import { createProcessFinder } from './processes.ts';
import { socketPath } from './socket-path.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'palvella-supervisor-'));
});
afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));

const script = fileURLToPath(new URL('./supervisor.ts', import.meta.url));

describe('the supervisor', () => {
  test('a second one for the same folder gives way', async () => {
    const engine = await createLocalEngine(folder);
    const job = { runId: randomUUID(), jobPath: 'job', jobAttempt: 1 };
    await engine.prepare({ key: job, settings: {} });
    const running = await engine.start({ key: { ...job, action: 'a', attempt: 1 }, command: 'true', environ: {} });
    await running.exit;
    const second = spawn(process.execPath, [script, join(folder, 'local')], { stdio: 'ignore' });
    expect(await once(second, 'exit')).toEqual([0, null]);
    await engine.teardown(job);
    await engine.close();
  });

  test('a Job’s folder of which a power cut left no name goes, and keeps no Worker from starting', async () => {
    const engine = await createLocalEngine(folder);
    const jobs = [1, 2].map((jobAttempt) => ({ runId: randomUUID(), jobPath: 'job', jobAttempt }));
    for (const key of jobs) await engine.prepare({ key, settings: {} });
    await engine.close();
    const names = await readdir(join(folder, 'local/jobs'));
    await writeFile(join(folder, 'local/jobs', names[0] ?? '', 'job.json'), '');
    const next = await createLocalEngine(folder);
    expect(await next.held()).toHaveLength(1);
    expect(await readdir(join(folder, 'local/jobs'))).toEqual(names.slice(1));
    for (const key of jobs) await next.teardown(key);
    await next.close();
  });

  test('a Worker that closes leaves its command running, and takes it neither for lost nor to its end', async () => {
    const engine = await createLocalEngine(folder);
    const job = { runId: randomUUID(), jobPath: 'job', jobAttempt: 1 };
    const key = { ...job, action: 'a', attempt: 1 };
    await engine.prepare({ key: job, settings: {} });
    const command = 'until [ -e go-on ]; do sleep 0.02; done; exit 3';
    const running = await engine.start({ key, command, environ: {} });
    let told = false;
    const tell = () => (told = true);
    running.exit.then(tell, tell);
    await engine.close();
    const next = await createLocalEngine(folder);
    const found = await next.attach(key, 0);
    const workspace = await next.prepare({ key: job, settings: {} });
    await workspace.write('go-on', Readable.from(['']));
    expect(await found?.exit).toMatchObject({ status: 3 });
    expect(told).toBe(false);
    await next.teardown(job);
    await next.close();
  });

  test('goes with an orderly Worker when nothing runs', async () => {
    const engine = await createLocalEngine(folder);
    const job = { runId: randomUUID(), jobPath: 'job', jobAttempt: 1 };
    await engine.prepare({ key: job, settings: {} });
    const running = await engine.start({
      key: { ...job, action: 'a', attempt: 1 },
      command: 'echo $PPID',
      environ: {},
    });
    let text = '';
    for await (const { frames } of running.output) text += Buffer.from(frames.subarray(13)).toString();
    const supervisor = Number(text);
    expect((await readFile(`/proc/${supervisor}/cmdline`, 'utf8')).startsWith('palvella supervisor')).toBe(true);
    await engine.teardown(job);
    await engine.close();
    await expect
      .poll(() =>
        stat(`/proc/${supervisor}`).then(
          () => 'there',
          () => 'gone',
        ),
      )
      .toBe('gone');
  });

  test('knows nothing of the environment of the Worker that started it', async () => {
    process.env['PALVELLA_TEST_LEAK'] = folder;
    const engine = await createLocalEngine(folder);
    const job = { runId: randomUUID(), jobPath: 'job', jobAttempt: 1 };
    await engine.prepare({ key: job, settings: {} });
    const running = await engine.start({
      key: { ...job, action: 'a', attempt: 1 },
      command: 'exec sleep 30',
      environ: {},
    });
    expect(await createProcessFinder('PALVELLA_TEST_LEAK').find(folder)).toEqual([]);
    await expect.poll(() => createProcessFinder('PALVELLA_KEY').find(`${job.runId}/job#1/`)).toHaveLength(1);
    await engine.teardown(job);
    expect((await running.exit).signal).toBeDefined();
    await engine.close();
    delete process.env['PALVELLA_TEST_LEAK'];
  });

  test('a state folder with a long path has its socket in a private folder', async () => {
    const long = join(folder, 'x'.repeat(120));
    const path = socketPath(long);
    expect(path.length).toBeLessThan(100);
    expect((await stat(join(path, '..'))).mode & 0o077).toBe(0);
    expect(socketPath(`${long}y`)).not.toBe(path);
  });
});
