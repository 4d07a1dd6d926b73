import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { z } from 'zod';
import type { ActionPlugin } from '../../core/contracts/plugin.ts';
import { manifest } from './manifest.ts';

type Input = z.infer<typeof manifest.input>;

export const plugin: ActionPlugin<Input> = {
  manifest,
  async execute(context, { key, sha256, path }) {
    const workspace = await context.workspace();
    let content = await context.files.get(key);
    if (sha256 !== undefined) {
      // Nothing of another content may get into the workspace, so it is read to its end before.
      const kept = join(context.scratch, randomUUID());
      const found = await keep(content, kept);
      if (found !== sha256) {
        return {
          status: 'failed',
          reason: `${key} is not the file that was meant: its SHA-256 is ${found}, not ${sha256}`,
        };
      }
      content = createReadStream(kept);
    }
    await workspace.write(path, content);
    context.log('system', `Loaded ${key} to ${path}.`);
    return { status: 'succeeded', output: { path } };
  },
};

/** Answers with the SHA-256 of what it kept. */
async function keep(content: NodeJS.ReadableStream, path: string): Promise<string> {
  const hash = createHash('sha256');
  const hashing = new Transform({
    transform(chunk: Buffer, _, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  await pipeline(content, hashing, createWriteStream(path));
  return hash.digest('hex');
}
