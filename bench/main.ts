import { createServer } from 'node:net';
import { build } from '../cli/build/build.ts';
import type { Figure, Measure } from './figure.ts';
import { aheadOf } from './peers.ts';
import { startRaw } from './raw/client.ts';
import { startServer } from './server.ts';

/** In this order, as the first two want a server that has done nothing yet. Names may be given to measure only some. */
const figures = [
  'ready',
  'idle-memory',
  'one-action',
  'first-byte',
  'sequence',
  'parallel',
  'throughput',
  'large-log',
  'live-line',
  'thousand-jobs',
  'fair-share',
  'many-rows',
  'docker',
  'kubernetes',
] as const;

const json = process.argv.includes('--json');
const named = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const progress = (text: string) => void process.stderr.write(`${text}\n`);

await build(progress);
const server = await startServer(await freePort());
const raw = await startRaw(server.temporal);
const results: Figure[] = [];
try {
  for (const name of figures) {
    if (named.length > 0 && !named.includes(name)) continue;
    progress(`measuring ${name} …`);
    const { default: measure } = (await import(`./figures/${name}.ts`)) as { default: Measure };
    for (const figure of await measure({ server, raw })) {
      results.push(figure);
      progress(line(figure));
    }
  }
} finally {
  await raw.stop();
  await server.stop();
}
const report = results.map((figure) => ({ ...figure, peersAhead: aheadOf(figure.name, figure.palvella) }));
if (json) process.stdout.write(`${JSON.stringify({ figures: report }, null, 2)}\n`);
process.exitCode = results.every(({ met }) => met) ? 0 : 1;

function line({ name, unit, palvella, raw: theirs, value, must, limit, met }: Figure): string {
  const beside = theirs === undefined ? '' : `, raw ${theirs.toFixed(1)} ${unit}, ratio ${value.toFixed(2)}`;
  return `${met ? 'met   ' : 'MISSED'} ${name}: ${palvella.toFixed(1)} ${unit}${beside} (${must} ${limit})`;
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => done(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
