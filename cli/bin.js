#!/usr/bin/env node
// Palvella runs on the Node that the package `node` brings; an older one only hands over to it.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const wanted = 24;

if (Number(process.versions.node.split('.')[0]) >= wanted) {
  await import('./compile-cache.ts');
  await import('./main.ts');
} else {
  handOver();
}

function handOver() {
  const places = ['../node_modules/.bin/node', '../../.bin/node'];
  const node = places.map((place) => fileURLToPath(new URL(place, import.meta.url))).find((path) => existsSync(path));
  if (node === undefined) {
    process.stderr.write(
      `palvella: Node ${process.versions.node} is too old. Install Node ${wanted}, or run npm install.\n`,
    );
    process.exit(2);
  }
  const child = spawn(node, process.argv.slice(1), { stdio: 'inherit' });
  // The terminal tells both, others this process alone. Nobody can see which it was: the child takes one that comes twice for one.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (status, signal) => {
    if (signal === null) process.exit(status ?? 1);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}
