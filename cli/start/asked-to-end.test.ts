import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';

let child: ChildProcess | undefined;
afterEach(() => child?.kill('SIGKILL'));

/** A process that takes for ever to end in order. Resolves once it can be asked to. */
async function endless(): Promise<{ process: ChildProcess; said(): string }> {
  const module = JSON.stringify(join(import.meta.dirname, 'asked-to-end.ts'));
  const script = `
    const { askedToEnd } = await import(${module});
    askedToEnd().addEventListener('abort', () => console.log('stopping'));
    setInterval(() => {}, 1000);
    console.log('ready');`;
  const process_ = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child = process_;
  let text = '';
  process_.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  await expect.poll(() => text).toContain('ready');
  return { process: process_, said: () => text };
}

test('what comes several times at once is one wish; a later one ends it at once', async () => {
  const { process, said } = await endless();
  for (const signal of ['SIGINT', 'SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.kill(signal);
    await sleep(50);
  }
  await expect.poll(said).toContain('stopping');
  await sleep(1_500);
  expect(process.exitCode).toBeNull();
  expect(said()).toBe('ready\nstopping\n');
  process.kill('SIGINT');
  expect(await once(process, 'exit')).toEqual([1, null]);
});
