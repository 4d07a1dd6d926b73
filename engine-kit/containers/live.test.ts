import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, unlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { exitFile } from '../output/layout.ts';
import { openLive } from './live.ts';
import type { Recorded } from './recorder.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'palvella-live-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const end = { status: 3, named: false, summary: false, cpuMs: 0, peakMemory: 0, outOfMemory: 0 };
const recorded: Recorded = { end, broke: undefined, info: {} };

function run() {
  const live = openLive(folder, 'sh');
  const { exit } = live.watch(0);
  live.run(() => Promise.resolve(() => Promise.resolve(recorded)));
  return { live, exit };
}

test('an end for which the disk has no room is written, and told, once it has', async () => {
  const next = join(folder, `${exitFile}.new`);
  symlinkSync('/dev/full', next);
  const { live, exit } = run();
  let isOver = false;
  void live.ended.then(() => (isOver = true));
  // It is tried at once and then each second, so that it finds no room at first.
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect([isOver, live.over]).toEqual([false, false]);
  unlinkSync(next);
  expect(await exit).toMatchObject({ status: 3 });
  expect(JSON.parse(readFileSync(join(folder, exitFile), 'utf8'))).toMatchObject({ status: 3 });
});

test('an end that cannot be written at all breaks the command, instead of keeping it open for ever', async () => {
  const { exit } = run();
  mkdirSync(join(folder, exitFile));
  expect((await exit).broke).toContain('EISDIR');
});
