import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { JobApi } from '../../activities/engine/ports.ts';
import { openLog } from './log-shipper.ts';

const key = { runId: randomUUID(), jobPath: 'job', jobAttempt: 1, action: 'step', attempt: 1 };
const bytesOf = (length: number) => Buffer.alloc(length, 1);

/** Keeps every chunk until it is let through. */
function gate() {
  const calls: { seq: number; end: number; bytes: number; at: number; done(): void; fail(error: Error): void }[] = [];
  let closed: number | undefined;
  const api: Pick<JobApi, 'putChunk' | 'closeLog'> = {
    putChunk: (_, seq, end, frames) =>
      new Promise((done, fail) => {
        calls.push({ seq, end, bytes: frames.length, at: performance.now(), done, fail });
      }),
    closeLog: (_, seq) => {
      closed = seq;
      return Promise.resolve();
    },
  };
  return { calls, api: api as JobApi, closed: () => closed };
}
const tick = (ms = 0) => new Promise((resolve) => setTimeout(resolve, ms));

describe('the log shipper', () => {
  test('sends the first line at once, and gathers those that follow', async () => {
    const { calls, api } = gate();
    const log = openLog(api, key, { seq: 0, offset: 0 }, () => undefined);
    await log.write({ end: 10, frames: bytesOf(10) });
    expect(calls).toHaveLength(1);
    for (let i = 2; i < 6; i += 1) await log.write({ end: i * 10, frames: bytesOf(10) });
    await tick(60);
    expect(calls.map(({ seq, end, bytes }) => [seq, end, bytes])).toEqual([
      [0, 10, 10],
      [1, 50, 40],
    ]);
  });

  test('goes on from the position it is given, and closes with the count', async () => {
    const { calls, api, closed } = gate();
    const log = openLog(api, key, { seq: 7, offset: 100 }, () => undefined);
    await log.write({ end: 110, frames: bytesOf(10) });
    expect(calls[0]).toMatchObject({ seq: 7, end: 110 });
    calls[0]?.done();
    await log.flush();
    await log.close();
    expect(closed()).toBe(8);
  });

  test('under load sends large chunks, four at a time, and makes the writer wait', async () => {
    const { calls, api } = gate();
    const log = openLog(api, key, { seq: 0, offset: 0 }, () => undefined);
    let written = 0;
    const writing = (async () => {
      for (let i = 1; i <= 20; i += 1) {
        await log.write({ end: i * 700_000, frames: bytesOf(700_000) });
        written = i;
      }
      await log.flush();
    })();
    await tick(60);
    expect(calls).toHaveLength(4);
    expect(written).toBeLessThan(12);
    for (let at = 0; at < 20; at += 1) {
      calls[at]?.done();
      await tick();
    }
    await writing;
    expect(calls.every(({ bytes }) => bytes <= 1024 * 1024)).toBe(true);
    expect(calls.map(({ seq }) => seq)).toEqual(calls.map((_, index) => index));
    expect(calls.at(-1)?.end).toBe(20 * 700_000);
    expect(calls.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(20 * 700_000);
  });

  test('what counts as stored has no gap before it', async () => {
    const { calls, api } = gate();
    const stored: number[] = [];
    const log = openLog(api, key, { seq: 0, offset: 0 }, (offset) => stored.push(offset));
    for (let i = 1; i <= 3; i += 1) await log.write({ end: i * 1_000_000, frames: bytesOf(1_000_000) });
    await tick(60);
    calls[2]?.done();
    await tick();
    expect(stored).toEqual([]);
    calls[0]?.done();
    await tick();
    expect(stored).toEqual([1_000_000]);
    calls[1]?.done();
    await tick();
    expect(stored).toEqual([1_000_000, 3_000_000]);
  });

  test('a chunk that is refused for good ends the writing with its reason', async () => {
    const { calls, api } = gate();
    const log = openLog(api, key, { seq: 0, offset: 0 }, () => undefined);
    await log.write({ end: 10, frames: bytesOf(10) });
    const flushed = log.flush();
    calls[0]?.fail(new Error('refused'));
    await expect(flushed).rejects.toThrow('refused');
    await expect(log.write({ end: 20, frames: bytesOf(10) })).rejects.toThrow('refused');
  });
});
