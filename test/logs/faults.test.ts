import { beforeAll, describe, expect, test } from 'vitest';
import { type ActionKey, actionKeyText } from '../../core/keys.ts';
import { encodeFrame } from '../../core/log-frames.ts';
import type { Blobs } from '../../platform/blobs/index.ts';
import { createLogs, type Logs } from '../../platform/logs/index.ts';
import { createLogSetting, type LogSetting } from './setting.ts';

let setting: LogSetting;
beforeAll(async () => {
  setting = await createLogSetting();
});

const frame = (text: string) => Buffer.from(encodeFrame({ time: 1, stream: 'stdout', payload: Buffer.from(text) }));
const append = (key: ActionKey, seq: number, text = `line ${seq}\n`, end = seq + 1) =>
  setting.logs.append(key, { seq, end, frames: frame(text) });
const total = async (key: ActionKey) => (await setting.logs.page(actionKeyText(key), { from: 1, limit: 1 })).total;

/** A closed log of so many chunks, large enough to be compacted. */
async function closedLog(chunks: number): Promise<{ key: ActionKey; text: string }> {
  const key = setting.newKey();
  const texts = Array.from({ length: chunks }, (_, seq) => `${seq} ${'x'.repeat(50)}\n`.repeat(400));
  for (const [seq, text] of texts.entries()) await append(key, seq, text);
  await setting.logs.close(key, chunks);
  return { key, text: texts.join('') };
}

describe('chunks', () => {
  test('that come before their turn count once those before them are there', async () => {
    const key = setting.newKey();
    for (const seq of [3, 1, 2]) await append(key, seq);
    expect(await total(key)).toBe(0);
    await append(key, 0);
    expect(await total(key)).toBe(4);
    await append(key, 4);
    expect(await total(key)).toBe(5);
  });

  test('beyond a gap are dropped when the Worker asks where to go on', async () => {
    const key = setting.newKey();
    for (const seq of [0, 2, 3]) await append(key, seq);
    expect(await setting.logs.position(key)).toEqual({ seq: 1, offset: 1, closed: false });
    for (const [seq, text] of ['b\n', 'c\n'].entries()) await append(key, seq + 1, text, 10 + seq);
    expect((await setting.text(key)).toString()).toBe('line 0\nb\nc\n');
  });

  test('too far ahead, other than what is there, or after the end are refused', async () => {
    const key = setting.newKey();
    await append(key, 0);
    await expect(append(key, 65)).rejects.toMatchObject({ code: 'conflict' });
    await append(key, 0);
    await expect(append(key, 0, 'other\n', 99)).rejects.toMatchObject({ code: 'conflict' });
    await expect(setting.logs.close(key, 2)).rejects.toMatchObject({ code: 'conflict' });
    await setting.logs.close(key, 1);
    await append(key, 0);
    await expect(append(key, 1)).rejects.toMatchObject({ code: 'conflict' });
    expect((await setting.text(key)).toString()).toBe('line 0\n');
  });

  test('all sent at the same time, and each twice, are there once', async () => {
    const key = setting.newKey();
    const all = Array.from({ length: 40 }, (_, seq) => seq).sort((a, b) => ((a * 7) % 40) - ((b * 7) % 40));
    await Promise.all([...all, ...all].map((seq) => append(key, seq)));
    expect(await setting.logs.position(key)).toEqual({ seq: 40, offset: 40, closed: false });
    expect((await setting.text(key)).toString()).toBe(Array.from({ length: 40 }, (_, seq) => `line ${seq}\n`).join(''));
  });

  test('a log without any is closed, and has nothing', async () => {
    const key = setting.newKey();
    await setting.logs.close(key, 0);
    expect(await setting.logs.page(actionKeyText(key), { from: 1, limit: 10 })).toEqual({
      lines: [],
      total: 0,
      closed: true,
      open: false,
    });
  });
});

describe('compaction', () => {
  function withBlobs(blobs: Partial<Blobs>): { logs: Logs; warnings: string[] } {
    const warnings: string[] = [];
    const warn = (message: string) => void warnings.push(message);
    return { logs: createLogs({ pool: setting.db.pool, blobs: { ...setting.blobs, ...blobs }, warn }), warnings };
  }

  test('that crashes before, within or after its blob leaves the log as it was, and is done again', async () => {
    const { key, text } = await closedLog(5);
    const crash = new Error('killed');
    const partial = withBlobs({
      put: async (name, content) => {
        await setting.blobs.put(
          name,
          (async function* () {
            for await (const part of content) {
              yield part;
              throw crash;
            }
          })(),
        );
        throw crash;
      },
    });
    expect(await partial.logs.compactPending()).toBe(0);
    expect(partial.warnings).toHaveLength(1);
    expect((await setting.text(key)).toString()).toBe(text);
    const before = withBlobs({
      put: async (name, content) => {
        await setting.blobs.put(name, content);
        throw crash;
      },
    });
    expect(await before.logs.compactPending()).toBe(0);
    expect((await setting.text(key)).toString()).toBe(text);
    expect(await setting.logs.compactPending()).toBe(1);
    expect((await setting.text(key)).toString()).toBe(text);
    const { rows } = await setting.db.pool.query(
      'select count(c.*)::int as chunks from logs l left join log_chunks c on c."logId" = l.id where l.key = $1',
      [actionKeyText(key)],
    );
    expect(rows).toEqual([{ chunks: 0 }]);
  });

  test('by two at a time is done right', async () => {
    const { key, text } = await closedLog(5);
    await Promise.all([setting.logs.compactPending(), setting.logs.compactPending()]);
    expect((await setting.text(key)).toString()).toBe(text);
  });

  test('while somebody reads changes nothing for them', async () => {
    const { key, text } = await closedLog(300);
    await setting.text(key);
    const { runId, jobPath, action } = key;
    const reading = setting.logs.text([{ runId, job: jobPath, action }]);
    const parts = [(await reading.next()).value as Uint8Array];
    await setting.logs.compactPending();
    for await (const part of reading) parts.push(part);
    expect(Buffer.concat(parts).toString()).toBe(text);
  });

  test('leaves small logs in their rows, and closes those that a lost Worker left', async () => {
    const small = setting.newKey();
    await append(small, 0);
    await setting.logs.close(small, 1);
    const left = setting.newKey();
    await append(left, 0);
    await setting.text(left);
    await setting.db.pool.query(`update runs set "endedAt" = now() - interval '11 minutes' where id = $1`, [
      left.runId,
    ]);
    await setting.logs.compactPending();
    const { rows } = await setting.db.pool.query(
      'select blob, "closedAt" is not null as closed from logs where key = any($1)',
      [[actionKeyText(small), actionKeyText(left)]],
    );
    expect(rows).toEqual([
      { blob: null, closed: true },
      { blob: null, closed: true },
    ]);
  });
});
