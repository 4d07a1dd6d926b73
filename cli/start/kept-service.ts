import { randomBytes, randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writePrivate } from './kept-state.ts';
import { portFault } from './ports.ts';

/** Where a service of ours listens, and what lets one in. */
export interface KeptService {
  port: number;
  password: string;
}

/**
 * Below the ports that systems give to outgoing connections: a client that tries to reconnect to a port of that range
 * while nobody listens may be given the very same port, and then holds it by talking to itself.
 */
const ports = { from: 20_000, below: 32_000 };

/** The same at each start, except for a port that somebody else listens on by now. */
export async function keptService(dataDir: string, name: string): Promise<KeptService> {
  const file = join(dataDir, `${name}.json`);
  const kept = read(file);
  if (kept !== undefined && (await free(kept.port))) return kept;
  const made = { password: randomBytes(24).toString('base64url'), ...kept, port: await freePort() };
  writePrivate(file, made);
  return made;
}

async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(ports.from, ports.below);
    if (await free(port)) return port;
  }
}

async function free(port: number): Promise<boolean> {
  return (await portFault(port, '127.0.0.1')) === undefined;
}

function read(file: string): KeptService | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as KeptService;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
