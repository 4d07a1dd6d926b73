import { afterEach, expect, test } from 'vitest';
import { type Launched, launch } from './launched.ts';
import { type Supervised, supervise } from './supervisor.ts';

const said: string[] = [];
let supervised: Supervised | undefined;
afterEach(async () => {
  await supervised?.stop();
  said.length = 0;
});

/** A real process that says when it is ready and then runs the script. */
function script(text: string, started: number[]): () => Promise<Launched> {
  return () =>
    launch(
      { file: '/bin/sh', args: ['-c', text], env: process.env, cwd: '/' },
      {
        line: (line) => said.push(line),
        spawned: (pid) => started.push(pid),
        ready: (line) => line === 'ready',
        timeoutMs: 5000,
      },
    );
}

function until(condition: () => boolean): Promise<void> {
  return expect.poll(condition, { timeout: 5000 }).toBe(true);
}

test('a part that is killed comes back as a new process', async () => {
  const pids: number[] = [];
  supervised = await supervise(
    { name: 'part', launch: script('echo ready; exec sleep 60', pids), graceMs: 1000, remedy: '' },
    (text) => said.push(text),
  );
  process.kill(pids[0] as number, 'SIGKILL');
  await until(() => pids.length === 2);
  expect(said).toContain('part ended with signal SIGKILL; it is started again in 0.1 s');
  expect(() => process.kill(pids[1] as number, 0)).not.toThrow();
});

test('the first start that fails is told with the last line of standard error', async () => {
  const launching = supervise(
    { name: 'part', launch: script('echo no room >&2; exit 3', []), graceMs: 1000, remedy: '' },
    () => {},
  );
  await expect(launching).rejects.toThrow('no room');
});

test('one that keeps dying is started ever more slowly', async () => {
  const pids: number[] = [];
  supervised = await supervise(
    { name: 'part', launch: script('echo ready; exit 1', pids), graceMs: 1000, remedy: '' },
    (text) => said.push(text),
  );
  await until(() => pids.length >= 4);
  const delays = said.map((text) => /again in ([0-9.]+) s/.exec(text)?.[1]).filter((delay) => delay !== undefined);
  expect(delays.slice(0, 3)).toEqual(['0.1', '0.2', '0.4']);
});

test('stop ends it, by force where it does not listen, and it does not come back', async () => {
  const pids: number[] = [];
  supervised = await supervise(
    {
      name: 'part',
      launch: script("trap '' TERM; echo ready; while :; do sleep 0.1; done", pids),
      graceMs: 200,
      remedy: '',
    },
    (text) => said.push(text),
  );
  await supervised.stop();
  expect(() => process.kill(pids[0] as number, 0)).toThrow('ESRCH');
  expect(pids).toHaveLength(1);
});
