import { createHash, type Hash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What a build makes, and tests, are no sources of it. */
const ignored = /^(\.next|node_modules|next-env\.d\.ts|.*\.test\.tsx?)$/;

/** SHA-256 over names and contents, in the order of names. */
export function sourceHash(root: string, sources: readonly string[]): string {
  const hash = createHash('sha256');
  for (const source of sources) addPath(hash, root, source);
  return hash.digest('hex');
}

function addPath(hash: Hash, root: string, path: string): void {
  const full = join(root, path);
  if (statSync(full).isDirectory()) {
    for (const name of readdirSync(full).sort()) if (!ignored.test(name)) addPath(hash, root, `${path}/${name}`);
    return;
  }
  const content = readFileSync(full);
  hash.update(`${path}\0${content.length}\0`).update(content);
}
