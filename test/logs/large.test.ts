import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, expect, test } from 'vitest';
import { type ActionKey, actionKeyText } from '../../core/keys.ts';
import { encodeFrame } from '../../core/log-frames.ts';
import { openLog } from '../../workers/engine/log-shipper.ts';
import { createHttpSetting, type HttpSetting } from '../worker-api/setting.ts';

const megabytes = 100;
const line = `${'0123456789abcdef'.repeat(6)}012\n`;
let setting: HttpSetting;
beforeAll(async () => {
  setting = await createHttpSetting();
});

/** Memory outside what tests and libraries keep: buffers and heap, once garbage is gone. */
async function peakDuring(work: () => Promise<void>): Promise<number> {
  const before = process.memoryUsage().rss;
  let peak = before;
  const timer = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 10);
  await work().finally(() => clearInterval(timer));
  return (peak - before) / 1e6;
}

test('100 MB go through the API into rows, into the blob and to a reader, and memory stays flat', async () => {
  const api = setting.client();
  await api.hello({ id: 'w', host: 'h', os: 'linux', arch: 'x64', engines: [], labels: {}, capacity: 1 });
  const key: ActionKey = { runId: await setting.run(), jobPath: 'a', jobAttempt: 1, action: 'print', attempt: 1 };
  const claimed = await api.claim({ runId: key.runId, jobPath: 'a', jobAttempt: 1 }, 'w');
  if (!('jobToken' in claimed)) throw new Error('held');
  const payload = Buffer.from(line.repeat(600));
  const frames = encodeFrame({ time: 1, stream: 'stdout', payload });
  const count = Math.ceil((megabytes * 1e6) / payload.length);

  const began = performance.now();
  const writing = await peakDuring(async () => {
    const log = openLog(
      api.job(() => Promise.resolve(claimed.jobToken)),
      key,
      { seq: 0, offset: 0 },
      () => {},
    );
    for (let each = 1; each <= count; each += 1) await log.write({ frames, end: each * payload.length });
    await log.flush();
    await log.close();
  });
  const seconds = (performance.now() - began) / 1000;
  expect((await setting.services.logs.page(actionKeyText(key), { from: 1, limit: 1 })).total).toBe(count * 600);
  process.stdout.write(
    `${Math.round((count * payload.length) / 1e6 / seconds)} MB/s written, peak +${Math.round(writing)} MB\n`,
  );

  const compacting = await peakDuring(async () => {
    expect(await setting.services.logs.compactPending()).toBe(1);
  });
  let bytes = 0;
  const reading = await peakDuring(async () => {
    for await (const part of setting.services.logs.text([{ runId: key.runId, job: 'a', action: 'print' }])) {
      bytes += part.length;
      if (bytes % 50 === 0) await sleep(0);
    }
  });
  expect(bytes).toBe(count * payload.length);
  const last = await setting.services.logs.page(actionKeyText(key), { from: count * 600, limit: 10 });
  expect(last.lines.map(({ text }) => `${text}\n`)).toEqual([line]);
  expect(Math.max(writing, compacting, reading)).toBeLessThan(150);
});
