import { readdir, readFile, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { CommandFailure } from './failure.ts';

export interface NamedFile {
  name: string;
  content: string;
}

const extensions: ReadonlySet<string> = new Set(['.yaml', '.yml', '.json']);
/** The server refuses more than this in one file; larger ones are not even sent. */
const maxBytes = 1024 * 1024;

/** Files, folders (their YAML and JSON files, not those of folders within) and `-` for standard input, in order. */
export async function readFiles(paths: readonly string[]): Promise<NamedFile[]> {
  const files: NamedFile[] = [];
  for (const path of paths) {
    if (path === '-') files.push({ name: '-', content: await text(process.stdin) });
    else for (const name of await filesOf(path)) files.push({ name, content: await readOne(name) });
  }
  return files;
}

async function filesOf(path: string): Promise<string[]> {
  const info = await stat(path).catch((cause: Error) => {
    throw new CommandFailure(2, `${path} cannot be read: ${cause.message}`, cause);
  });
  if (!info.isDirectory()) return [path];
  const entries = await readdir(path, { withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile() && extensions.has(extname(entry.name)))
    .map(({ name }) => name);
  if (names.length === 0) throw new CommandFailure(2, `${path} holds no .yaml, .yml or .json file.`);
  return names.sort().map((name) => join(path, name));
}

async function readOne(path: string): Promise<string> {
  const { size } = await stat(path);
  if (size > maxBytes) {
    throw new CommandFailure(
      2,
      `${path} holds ${size} bytes, more than the ${maxBytes} that one file may have. Split it.`,
    );
  }
  return readFile(path, 'utf8').catch((cause: Error) => {
    throw new CommandFailure(2, `${path} cannot be read: ${cause.message}`, cause);
  });
}
