import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { type ActionKey, actionKeyText } from '../../core/keys.ts';
import { encodeFrame } from '../../core/log-frames.ts';
import { chunksOf, encoded, expectedLines, frames, type MadeLine } from './generate.ts';
import { createLogSetting, type LogSetting } from './setting.ts';

let setting: LogSetting;
beforeAll(async () => {
  setting = await createLogSetting();
});

/** Sends the chunks in that order, several at a time. */
async function send(key: ActionKey, chunks: readonly Buffer[], order: readonly number[]): Promise<void> {
  const end = (seq: number) => chunks.slice(0, seq + 1).reduce((sum, { length }) => sum + length, 0);
  for (let at = 0; at < order.length; at += 4) {
    await Promise.all(
      order
        .slice(at, at + 4)
        .map((seq) => setting.logs.append(key, { seq, end: end(seq), frames: chunks[seq] as Buffer })),
    );
  }
}

async function readAll(key: ActionKey, limit: number): Promise<MadeLine[]> {
  const lines: MadeLine[] = [];
  for (;;) {
    const page = await setting.logs.page(actionKeyText(key), { from: lines.length + 1, limit });
    expect(page.lines[0]?.n ?? lines.length + 1).toBe(lines.length + 1);
    lines.push(...page.lines);
    if (page.lines.length === 0 || lines.length >= page.total) return lines;
  }
}

const arbitrary = {
  made: frames,
  cuts: fc.array(fc.nat(1000), { maxLength: 30 }),
  /** How many places each chunk may come too late, and which come twice. */
  jitter: fc.array(fc.nat(6), { minLength: 60, maxLength: 60 }),
  again: fc.array(fc.nat(1000), { maxLength: 5 }),
  limit: fc.integer({ min: 1, max: 40 }),
};

describe('a log', () => {
  test('shows the same lines and text however it came: cut, out of order, repeated, compacted', async () => {
    await fc.assert(
      fc.asyncProperty(fc.record(arbitrary), async ({ made, cuts, jitter, again, limit }) => {
        const expected = expectedLines(made);
        const chunks = chunksOf(encoded(made), cuts);
        const order = chunks
          .map((_, seq) => ({ seq, at: seq + (jitter[seq] ?? 0) }))
          .sort((a, b) => a.at - b.at)
          .map(({ seq }) => seq);
        for (const each of again) order.splice(each % (order.length + 1), 0, each % chunks.length);
        const key = setting.newKey();
        await send(key, chunks, order);
        const position = await setting.logs.position(key);
        expect(position.seq).toBe(chunks.length);
        expect(await readAll(key, limit)).toEqual(expected.lines);
        expect(await setting.text(key)).toEqual(expected.text);
        await setting.logs.close(key, chunks.length);
        await setting.logs.close(key, chunks.length);
        await setting.compactAll();
        const { rows } = await setting.db.pool.query('select blob from logs where key = $1', [actionKeyText(key)]);
        expect(rows).toMatchObject([{ blob: expect.stringMatching(/^log-/) }]);
        expect(await readAll(key, limit)).toEqual(expected.lines);
        expect(await setting.text(key)).toEqual(expected.text);
        const stdout = made.filter(({ stream }) => stream === 0).map(({ text }) => text);
        expect(await setting.logs.readStdout(actionKeyText(key), 1e9)).toBe(stdout.join(''));
        // A repeat that comes after all is over changes nothing.
        await send(key, chunks, [0]);
        expect((await setting.logs.position(key)).closed).toBe(true);
      }),
      { numRuns: 60 },
    );
    expect(setting.warnings).toEqual([]);
  }, 120_000);

  test('any range reads only its own lines, from chunks and from the blob', async () => {
    const key = setting.newKey();
    const text = (n: number) => `line ${n} ${'x'.repeat(n % 300)}\n`;
    const chunk = (from: number) =>
      Buffer.from(
        encodeFrame({
          time: 1,
          stream: 'stdout',
          payload: Buffer.from(Array.from({ length: 300 }, (_, each) => text(from + each)).join('')),
        }),
      );
    for (let seq = 0; seq < 40; seq += 1) {
      await setting.logs.append(key, { seq, end: seq + 1, frames: chunk(seq * 300 + 1) });
    }
    await setting.logs.close(key, 40);
    const check = async (from: number, limit: number) => {
      const page = await setting.logs.page(actionKeyText(key), { from, limit });
      const count = Math.max(0, Math.min(limit, 12_001 - from));
      expect(page.total).toBe(12_000);
      expect(page.lines.map(({ text: line }) => `${line}\n`)).toEqual(
        Array.from({ length: count }, (_, each) => text(from + each)),
      );
    };
    const ranges: [number, number][] = [
      [1, 1],
      [300, 2],
      [299, 700],
      [11_999, 10],
      [12_000, 5],
      [12_001, 5],
      [99_999, 5],
      [6_543, 3],
    ];
    for (const range of ranges) await check(...range);
    await setting.compactAll();
    for (const range of ranges) await check(...range);
  });

  test('a line longer than a page can hold is cut there, and whole in the text', async () => {
    const key = setting.newKey();
    const part = Buffer.from(encodeFrame({ time: 1, stream: 'stdout', payload: Buffer.alloc(60_000, 'y') }));
    for (let seq = 0; seq < 5; seq += 1) await setting.logs.append(key, { seq, end: seq + 1, frames: part });
    const last = Buffer.from(encodeFrame({ time: 1, stream: 'stdout', payload: Buffer.from('\nnext\n') }));
    await setting.logs.append(key, { seq: 5, end: 6, frames: last });
    const page = await setting.logs.page(actionKeyText(key), { from: 1, limit: 10 });
    expect(page.lines.map(({ text }) => text.length < 70_000)).toEqual([true, true]);
    expect(page.lines[0]?.text).toMatch(/^y{65536} … 234464 more bytes$/);
    expect(page.lines[1]?.text).toBe('next');
    expect((await setting.text(key)).length).toBe(300_000 + 6);
  });
});
