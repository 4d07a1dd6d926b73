import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maxFramePayload } from '../../core/log-frames.ts';
import { createLineFeed } from './line-feed.ts';

function feedAll(parts: readonly Buffer[]): Buffer[] {
  const out: Buffer[] = [];
  const feed = createLineFeed((payload) => out.push(payload));
  for (const part of parts) feed.data(part);
  feed.end();
  return out;
}
const tick = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('the line feed', () => {
  test('gives whole lines at once, and many of them as one', () => {
    const out: string[] = [];
    const feed = createLineFeed((payload) => out.push(payload.toString()));
    feed.data(Buffer.from('one\ntwo\nthr'));
    expect(out).toEqual(['one\ntwo\n']);
    feed.data(Buffer.from('ee\n'));
    expect(out).toEqual(['one\ntwo\n', 'three\n']);
    feed.end();
    expect(out).toHaveLength(2);
  });

  test('gives a line that does not end after a moment, and only once', async () => {
    const out: string[] = [];
    const feed = createLineFeed((payload) => out.push(payload.toString()));
    feed.data(Buffer.from('prompt'));
    expect(out).toEqual([]);
    await tick(90);
    expect(out).toEqual(['prompt']);
    feed.data(Buffer.from(' answer\n'));
    await tick(90);
    expect(out).toEqual(['prompt', ' answer\n']);
  });

  test('a payload is never too large, and ends with a line where it can', () => {
    const line = `${'x'.repeat(999)}\n`;
    const out = feedAll([Buffer.from(line.repeat(200))]);
    expect(out.every((payload) => payload.length <= maxFramePayload && payload.at(-1) === 10)).toBe(true);
    const endless = feedAll([Buffer.alloc(300_000, 120)]);
    expect(endless.every((payload) => payload.length <= maxFramePayload)).toBe(true);
    expect(Buffer.concat(endless)).toHaveLength(300_000);
  });

  test('however it comes, no byte is lost, doubled or moved', () => {
    const bytes = fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array));
    fc.assert(
      fc.property(fc.array(bytes), (parts) => {
        expect(Buffer.concat(feedAll(parts))).toEqual(Buffer.concat(parts));
      }),
    );
  });
});
