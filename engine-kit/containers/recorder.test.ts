import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { namedOutputFile } from '../output/layout.ts';
import { createSpool, recoverSpool } from '../output/spool.ts';
import type { Container, Exec } from './container.ts';
import { type Recorded, recordCommand } from './recorder.ts';

const marker = '\x1emarker\x1e';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'palvella-recorder-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const text = (line: string, stream: 'stdout' | 'stderr' = 'stdout') => ({ stream, bytes: Buffer.from(line) });

/** `print` says what comes over each connection to the container. */
async function record(print: (script: string, closed: AbortSignal) => Exec['output']): Promise<Recorded> {
  const container: Container = {
    name: 'one',
    volume: 'one',
    exec: (_argv, script) => {
      const closing = new AbortController();
      return Promise.resolve({
        output: print(typeof script === 'string' ? script : '', closing.signal),
        close: () => closing.abort(),
      });
    },
    whyGone: () => Promise.resolve(undefined),
    info: () => Promise.resolve({}),
  };
  const limits = { segment: 1e6, kept: 1e6, unwritten: 1e6 };
  return await recordCommand({
    container,
    script: () => 'follow',
    marker,
    folderInside: '/none',
    folder,
    spool: createSpool(folder, limits, () => undefined),
    known: { stdout: 0, stderr: 0 },
    changed: () => Promise.resolve(),
    leaving: new AbortController().signal,
  });
}

test('standard error that comes slowly after the end of standard output is read to its end', async () => {
  const recorded = await record(async function* (_, closed) {
    yield text(`${marker}3 0 0 0 0\n`);
    for (let i = 0; i < 5; i += 1) {
      await sleep(600);
      if (closed.aborted) return;
      yield text(`${i}\n`, 'stderr');
    }
    yield text(`${marker}\n`, 'stderr');
  });
  expect(recorded.end?.status).toBe(3);
  expect((await recoverSpool(folder)).counts).toMatchObject({ stdout: 0, stderr: 10 });
});

// With waits that grow from break to break it takes longer than a test may.
test('a connection that breaks often is made again at once where something came over it', async () => {
  let connections = 0;
  const recorded = await record(async function* () {
    connections += 1;
    yield await Promise.resolve(text(`${connections}\n`));
    if (connections % 2 === 0) throw new Error('cut');
    if (connections < 15) return;
    yield text(`${marker}3 0 0 0 0\n`);
    yield text(`${marker}\n`, 'stderr');
  });
  expect(recorded.end?.status).toBe(3);
});

test('what the command wrote is asked for again where the connection breaks while it comes', async () => {
  let asked = 0;
  const recorded = await record(async function* (script) {
    if (script === 'follow') {
      yield await Promise.resolve(text(`${marker}0 1 0 0 0 0\n`));
      yield text(`${marker}\n`, 'stderr');
      return;
    }
    asked += 1;
    if (asked > 1) yield text('a=1\n');
    if (asked > 2) yield text(marker);
  });
  expect(recorded).toMatchObject({ end: { status: 0 }, broke: undefined });
  expect(readFileSync(join(folder, namedOutputFile), 'utf8')).toBe('a=1\n');
});
