import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { encodeFrame } from '../../core/log-frames.ts';
import { exitFile, segmentName } from '../../engine-kit/output/layout.ts';
import { watchCommand } from '../../engine-kit/output/running.ts';
import { createMasker } from '../../workers/engine/masker.ts';
import { createActionOutput } from './action-output.ts';
import type { JobApi } from './ports.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'palvella-output-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a text of which the beginning is stored and gone from here counts as too long, and the log goes on', async () => {
  const stored = 1000;
  const frames = encodeFrame({ time: 0, stream: 'stdout', payload: Buffer.from('the rest\n') });
  writeFileSync(join(folder, segmentName(stored)), frames);
  const record = { status: 0, signal: null, broke: null, bytes: stored + frames.length, info: {} };
  writeFileSync(join(folder, exitFile), JSON.stringify(record));
  const written: number[] = [];
  const output = await createActionOutput({
    api: { logPosition: () => Promise.resolve({ seq: 1, offset: stored }) } as unknown as JobApi,
    key: { runId: 'r', jobPath: 'job', jobAttempt: 1, action: 'a', attempt: 1 },
    openLog: () => ({
      write: ({ end }) => Promise.resolve(void written.push(end)),
      flush: () => Promise.resolve(),
      close: () => Promise.resolve(),
    }),
    createMasker: () => createMasker([]),
    fresh: false,
    needsText: true,
  });
  const running = await output.attach((offset) => {
    const watched = watchCommand(
      folder,
      offset,
      () => undefined,
      () => Promise.resolve(),
    );
    watched.notice(undefined);
    return Promise.resolve(watched);
  });
  if (running !== undefined) await output.follow(running);
  expect(await output.finish()).toEqual({ textCut: true });
  expect(written).toEqual([record.bytes]);
});
