import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';

test('a command whose output nobody reads ends quietly', async () => {
  const server = createServer((_, response) => {
    child.stdout.destroy();
    response.setHeader('content-type', 'application/json').end('{"items": [], "next": null}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const child = spawn(process.execPath, [join(import.meta.dirname, 'bin.js'), 'runs'], {
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], PALVELLA_URL: `http://127.0.0.1:${port}` },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [said, [status]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  server.close();
  expect({ said, status: status as number | null }).toEqual({ said: '', status: 0 });
});
