import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const bin = join(import.meta.dirname, '../../cli/bin.js');

/** Runs the `palvella` command against what answers like this. */
export async function palvellaAgainst(
  answer: RequestListener,
  args: readonly string[],
): Promise<{ status: number | null; stdout: string; stderr: string }> {
  const { environment, close } = await answering(answer);
  const child = spawn(process.execPath, [bin, ...args], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  const [stdout, stderr, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  close();
  return { status: status as number | null, stdout, stderr };
}

/** The same on a terminal, on which somebody types this once they are asked. */
export async function palvellaOnTerminal(
  answer: RequestListener,
  args: readonly string[],
  typed: string,
): Promise<{ status: number | null; screen: string }> {
  const { environment, close } = await answering(answer);
  // Without a word of it that a shell would read otherwise.
  const command = [process.execPath, bin, ...args].map((word) => `'${word}'`).join(' ');
  const child = spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
    env: { ...environment, TERM: 'dumb' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let screen = '';
  child.stdout.on('data', (chunk: Buffer) => {
    const wasAsked = screen.includes('[y/N]');
    screen += chunk.toString().replaceAll('\r', '');
    if (!wasAsked && screen.includes('[y/N]')) child.stdin.write(typed);
  });
  const [status] = await once(child, 'close');
  close();
  return { status: status as number | null, screen };
}

async function answering(answer: RequestListener): Promise<{ environment: NodeJS.ProcessEnv; close(): void }> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    environment: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      PALVELLA_URL: url,
      PALVELLA_TOKEN: 'plv_x',
    },
    close: () => void server.close(),
  };
}
