import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { absolute, type Measure, median, timed } from '../figure.ts';

const megabytes = 100;
const samples = 3;
/** The log before is compressed meanwhile. */
const pauseMs = 8_000;
const line = `${'0123456789abcdef'.repeat(6)}012`;

/** A log of 100 MB: how fast it is stored whole, and what it costs the Worker in memory. */
const measure: Measure = async ({ server }) => {
  await server.apply(
    `kind: Pipeline\nname: bench-log\njobs:\n  - name: a\n    actions:\n      - name: print\n        run: yes ${line} | head -c ${megabytes * 1_000_000}\n`,
  );
  const worker = server.pids()['engine'] as number;
  const before = residentMegabytes(worker);
  let peak = before;
  const watch = setInterval(() => (peak = Math.max(peak, residentMegabytes(worker))), 20);
  let id = '';
  const times: number[] = [];
  for (let at = 0; at < samples; at += 1) {
    if (at > 0) await sleep(pauseMs);
    times.push(
      await timed(async () => {
        id = (await server.complete('bench-log')).id;
      }),
    );
  }
  clearInterval(watch);
  const read = (await (await server.log(id, 'a', 'print')).arrayBuffer()).byteLength;
  return [
    absolute('100 MB log, trigger to stored whole', 'MB/s', megabytes / (median(times) / 1000), 'at least', 60, {
      bytesRead: read,
    }),
    absolute('100 MB log, bytes that can be read', 'bytes', read, 'at least', megabytes * 1_000_000),
    absolute("100 MB log, growth of the Worker's memory", 'MB', peak - before, 'at most', 100),
  ];
};
export default measure;

function residentMegabytes(pid: number): number {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) / 1000;
}
