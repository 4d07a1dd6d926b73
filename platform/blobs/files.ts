import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { PalvellaError } from '../../core/errors.ts';
import { type Blobs, blobName, type Stored } from './contract.ts';

/** Blobs as files below a folder, spread over 256 folders in it. */
export function createFileBlobs(folder: string): Blobs {
  const incoming = join(folder, 'incoming');

  function pathOf(name: string): { parent: string; path: string } {
    if (!blobName.test(name)) throw new PalvellaError('internal', `${JSON.stringify(name)} is no name of a blob`);
    const parent = join(folder, createHash('sha256').update(name).digest('hex').slice(0, 2));
    return { parent, path: join(parent, name) };
  }

  return {
    async put(name, content) {
      const { parent, path } = pathOf(name);
      const temporary = join(incoming, randomUUID());
      try {
        await mkdir(incoming, { recursive: true, mode: 0o700 });
        await mkdir(parent, { recursive: true, mode: 0o700 });
        const stored = await write(temporary, content);
        await rename(temporary, path);
        await sync(parent);
        return stored;
      } catch (error) {
        await rm(temporary, { force: true });
        throw full(error);
      }
    },

    async get(name, { start, end } = { start: 0 }) {
      const file = await open(pathOf(name).path, 'r').catch((error: unknown) => missing(name, error));
      if (end === undefined || end > start) {
        return createReadStream('', { fd: file, start, ...(end === undefined ? {} : { end: end - 1 }) });
      }
      await file.close();
      return Readable.from([]);
    },

    async size(name) {
      return (await stat(pathOf(name).path).catch((error: unknown) => missing(name, error))).size;
    },

    async remove(name) {
      await rm(pathOf(name).path, { force: true });
    },
  };
}

async function write(path: string, content: AsyncIterable<Uint8Array>): Promise<Stored> {
  const hash = createHash('sha256');
  let size = 0;
  const file = await open(path, 'wx', 0o600);
  try {
    for await (const bytes of content) {
      hash.update(bytes);
      size += bytes.length;
      await file.writeFile(bytes);
    }
    await file.datasync();
  } finally {
    await file.close();
  }
  return { size, sha256: hash.digest('hex') };
}

/** A rename is only safe from a power cut once its folder is. */
async function sync(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function missing(name: string, error: unknown): never {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  throw new PalvellaError('not_found', `The content ${name} is not in the storage.`, { cause: error });
}

function full(error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code !== 'ENOSPC' && code !== 'EDQUOT') return error;
  return new PalvellaError('unavailable', 'The disk of the server is full.', {
    remedy: 'Make room in its data directory; what waits goes on by itself then.',
    cause: error,
  });
}
