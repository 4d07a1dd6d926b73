import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundle } from './harness.ts';

const root = join(import.meta.dirname, '../..');

export type Change = readonly [file: string, from: string, to: string];

/** A bundle of the interpreter with some of its lines changed. */
export async function changedBundle(...changes: readonly Change[]): Promise<{ code: string }> {
  mkdirSync(join(root, 'dist'), { recursive: true });
  const copy = mkdtempSync(join(root, 'dist/changed-'));
  try {
    for (const room of ['workflows', 'core']) cpSync(join(root, room), join(copy, room), { recursive: true });
    for (const [file, from, to] of changes) {
      const path = join(copy, 'workflows', file);
      const source = readFileSync(path, 'utf8');
      if (!source.includes(from)) throw new Error(`${file} has no ${from}`);
      writeFileSync(path, source.replace(from, to));
    }
    return await bundle(copy);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}
