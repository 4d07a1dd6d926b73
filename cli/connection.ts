import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { offered } from './data-dir.ts';
import { CommandFailure } from './failure.ts';

/** Where the server is and how to be let in. */
export interface Connection {
  /** Base URL without a slash at the end. */
  url: string;
  token: string;
}

/** What `palvella start` leaves in its data directory: also where Temporal is, for the `temporal` program. */
export interface ConnectionFile extends Connection {
  temporal: string;
}

/** Options that every command that talks to a server has. */
export interface ConnectionOptions {
  dataDir: string;
}

export function connectionFile(dataDir: string): string {
  return join(resolve(dataDir), 'connection.json');
}

/** From `PALVELLA_URL` and `PALVELLA_TOKEN`, else from what `palvella start` left in its data directory. */
function findConnection(options: ConnectionOptions): Connection | undefined {
  const { PALVELLA_URL: url, PALVELLA_TOKEN: token } = process.env;
  const left = readLeft(options.dataDir);
  if (url === undefined || url === '') return left;
  const address = serverAddress(url);
  // The token of another server is nobody else's business.
  return { url: address, token: token ?? (left?.url === address ? left.token : '') };
}

/** What PALVELLA_URL says, without slashes at its end. */
export function serverAddress(text: string): string {
  const protocol = URL.canParse(text) ? new URL(text).protocol : '';
  if (protocol === 'http:' || protocol === 'https:') return text.replace(/\/+$/, '');
  throw new CommandFailure(
    2,
    `PALVELLA_URL is ${text}, which is no address of a server. Write it with http:// or https://, as http://localhost:4600.`,
  );
}

export function connection(options: ConnectionOptions): Connection {
  const found = findConnection(options);
  if (found !== undefined) return found;
  throw new CommandFailure(
    3,
    `No server is known: ${connectionFile(options.dataDir)} is not there. Run ${offered('start', options.dataDir)}, name a server's data directory with --data-dir, or set PALVELLA_URL and PALVELLA_TOKEN.`,
  );
}

function readLeft(dataDir: string): Connection | undefined {
  try {
    return JSON.parse(readFileSync(connectionFile(dataDir), 'utf8')) as Connection;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new CommandFailure(3, `${connectionFile(dataDir)} cannot be read: ${(cause as Error).message}`, cause);
  }
}
