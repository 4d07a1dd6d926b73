import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { launch } from './launched.ts';
import { endLeftovers } from './leftovers.ts';
import { nodePart } from './node-part.ts';
import type { Place } from './place.ts';
import { createRunning } from './running.ts';
import type { Part } from './supervisor.ts';
import { temporalServer } from './temporal-server.ts';

let place: Place;
const said: string[] = [];
const say = (text: string) => void said.push(text);
beforeEach(async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'palvella-running-'));
  const processes = await endLeftovers(dataDir, say);
  place = { dataDir, processes, log: { say, from: (part) => (line) => say(`${part}: ${line}`) } };
});
afterEach(() => rmSync(place.dataDir, { recursive: true }));

test('a program that is too old: which one, what it said and what to do, status 2', async () => {
  const file = join(place.dataDir, 'temporal');
  writeFileSync(file, '#!/bin/sh\nprintf "Usage of it\\n\\nunknown flag: --sqlite-pragma\\n\\n" >&2\nexit 1\n');
  chmodSync(file, 0o755);
  const env = { HOME: place.dataDir, PATH: `${place.dataDir}${delimiter}${process.env['PATH']}` };
  const { part } = await temporalServer(place, env);
  const running = createRunning(say);
  await expect(running.wave([part])).rejects.toMatchObject({
    exitStatus: 2,
    message: `The part temporal could not be started: unknown flag: --sqlite-pragma. The program is ${file}. Where it is older than 1.5.1, update it or take it off the PATH; or set TEMPORAL_ADDRESS to a Temporal of yours.`,
  });
  await running.stop();
});

test('a process of our own that does not start is named too', async () => {
  const part = nodePart(
    { name: 'engine', entry: 'workers/engine.ts', flags: [], env: { PALVELLA_URL: 'localhost' }, graceMs: 1_000 },
    place.log,
    place.processes,
  );
  await expect(createRunning(say).wave([Promise.resolve(part)])).rejects.toMatchObject({
    exitStatus: 2,
    message: expect.stringMatching(/^The part engine could not be started: .*PALVELLA_URL: .+\. What palvella start/),
  });
});

test('a part that becomes ready, or can be started, only after the stop is not left running', async () => {
  const pids: number[] = [];
  const sleeps = (when: Promise<void>): Part => ({
    name: 'part',
    graceMs: 1_000,
    remedy: '',
    launch: async () => {
      const launched = await launch(
        { file: '/bin/sh', args: ['-c', 'echo ready; exec sleep 60'], env: process.env, cwd: '/' },
        { line: say, spawned: (pid) => pids.push(pid), ready: (line) => line === 'ready', timeoutMs: 5_000 },
      );
      await when;
      return launched;
    },
  });
  const late = Promise.withResolvers<void>();
  const running = createRunning(say);
  const wave = running.wave([Promise.resolve(sleeps(late.promise)), late.promise.then(() => sleeps(late.promise))]);
  await expect.poll(() => pids.length).toBe(1);
  await running.stop();
  late.resolve();
  await expect(wave).rejects.toThrow('Stopped before it was ready.');
  expect(pids).toHaveLength(1);
  expect(() => process.kill(pids[0] as number, 0)).toThrow('ESRCH');
});
