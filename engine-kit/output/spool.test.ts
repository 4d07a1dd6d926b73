import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { decodeFrames, frameHeaderBytes } from '../../core/log-frames.ts';
import { segmentOffsets } from './layout.ts';
import { countOutput, createSegmentReader } from './segment-reader.ts';
import { createSpool } from './spool.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'palvella-spool-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const limits = { segment: 1000, kept: 5000, unwritten: 3000 };
const frameBytes = 100 + frameHeaderBytes;

async function fill(count: number) {
  const spool = createSpool(folder, limits, () => undefined);
  for (let i = 0; i < count; i += 1) {
    spool.push('stdout', Buffer.alloc(100, i));
    await spool.end();
  }
  return spool;
}

describe('the spool', () => {
  test('keeps frames in segments, none across two, that read back from any frame', async () => {
    const spool = await fill(30);
    expect(spool.bytes).toBe(30 * frameBytes);
    expect(segmentOffsets(await readdir(folder)).length).toBeGreaterThan(2);
    for (const first of [0, 1, 13, 29]) {
      const reader = createSegmentReader(folder);
      const values: (number | undefined)[] = [];
      for (let at = first * frameBytes; at < spool.bytes; ) {
        const frames = await reader.read(at, spool.bytes);
        for (const { payload } of decodeFrames(frames)) values.push(payload[0]);
        at += frames.length;
      }
      await reader.close();
      expect(values).toEqual(Array.from({ length: 30 - first }, (_, i) => first + i));
    }
    expect(await countOutput(folder)).toBe(spool.bytes);
  });

  test('is full at its bound, and has room again once output is released', async () => {
    const spool = await fill(45);
    expect(spool.full).toBe(true);
    spool.release(spool.bytes);
    expect(spool.full).toBe(false);
    await expect.poll(async () => segmentOffsets(await readdir(folder)).length).toBe(1);
  });

  test('does not remove a segment of which something is still wanted', async () => {
    const spool = await fill(30);
    const [, second = 0] = segmentOffsets(await readdir(folder));
    spool.release(second - 1);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(segmentOffsets(await readdir(folder))[0]).toBe(0);
    spool.release(second);
    await expect.poll(async () => segmentOffsets(await readdir(folder))[0]).toBe(second);
  });

  test('output that was released is gone, and reading it says so', async () => {
    const spool = await fill(30);
    spool.release(spool.bytes);
    await expect.poll(async () => segmentOffsets(await readdir(folder)).length).toBe(1);
    await expect(createSegmentReader(folder).read(0, spool.bytes)).rejects.toMatchObject({ code: 'engine_failed' });
  });

  test('what waits for the disk counts as well', () => {
    const spool = createSpool(folder, limits, () => undefined);
    for (let i = 0; i < 30; i += 1) spool.push('stdout', Buffer.alloc(100));
    expect(spool.full).toBe(true);
    return spool.end();
  });
});
