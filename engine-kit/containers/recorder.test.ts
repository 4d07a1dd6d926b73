import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createSpool, recoverSpool } from '../output/spool.ts';
import type { Container, Exec } from './container.ts';
import { recordCommand } from './recorder.ts';

const marker = '\x1emarker\x1e';

test('standard error that comes slowly after the end of standard output is read to its end', async () => {
  async function* output(closed: AbortSignal): Exec['output'] {
    yield { stream: 'stdout', bytes: Buffer.from(`${marker}3 0 0 0 0\n`) };
    for (let i = 0; i < 5; i += 1) {
      await sleep(600);
      if (closed.aborted) return;
      yield { stream: 'stderr', bytes: Buffer.from(`${i}\n`) };
    }
    yield { stream: 'stderr', bytes: Buffer.from(`${marker}\n`) };
  }
  const closing = new AbortController();
  const container: Container = {
    name: 'one',
    volume: 'one',
    exec: () => Promise.resolve({ output: output(closing.signal), close: () => closing.abort() }),
    whyGone: () => Promise.resolve(undefined),
    info: () => Promise.resolve({}),
  };
  const folder = mkdtempSync(join(tmpdir(), 'palvella-recorder-'));
  const limits = { segment: 1e6, kept: 1e6, unwritten: 1e6 };
  const recorded = await recordCommand({
    container,
    script: () => '',
    marker,
    folderInside: '/none',
    folder,
    spool: createSpool(folder, limits, () => undefined),
    known: { stdout: 0, stderr: 0 },
    changed: () => Promise.resolve(),
    leaving: new AbortController().signal,
  });
  expect(recorded.end?.status).toBe(3);
  expect((await recoverSpool(folder)).counts).toMatchObject({ stdout: 0, stderr: 10 });
  rmSync(folder, { recursive: true });
});
