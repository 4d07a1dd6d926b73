import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

/** Runs the `palvella` command against what answers like this. */
export async function palvellaAgainst(
  answer: RequestListener,
  args: readonly string[],
): Promise<{ status: number | null; stdout: string; stderr: string }> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const child = spawn(process.execPath, [join(import.meta.dirname, '../../cli/bin.js'), ...args], {
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], PALVELLA_URL: url, PALVELLA_TOKEN: 'plv_x' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  server.close();
  return { status: status as number | null, stdout, stderr };
}
