import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { PassThrough, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Workspace } from '../../core/contracts/engine.ts';
import { PalvellaError } from '../../core/errors.ts';
import { refusal, relativePath } from '../output/relative-path.ts';
import { type Container, type Exec, workPath } from './container.ts';
import { quote } from './script.ts';

/** Programs in the container print a line first that says how it went, since an exec may have no status. */
const inside = `
W=$(realpath ${workPath}) || exit
cd "$W" || exit
inside() {
  case "$(realpath "$1")" in "$W" | "$W"/*) ;; *) echo leaves; exit ;; esac
}
`;

function readScript(path: string): string {
  return `${inside}P=${quote(path)}
[ -e "$P" ] || { [ -h "$P" ] && echo leaves || echo none; exit; }
inside "$P"
[ -f "$P" ] || { echo other; exit; }
echo "ok $(wc -c <"$P")"
exec cat "$P"
`;
}

/** `how`: what is done with the content, of which there are so many bytes on standard input. */
function writeScript(path: string, folder: string, size: number, how: string): string {
  return `mkdir -p ${workPath}\n${inside}P=${quote(path)} D=${quote(folder)} N=${size}
a=$D
while [ ! -e "$a" ] && [ ! -h "$a" ]; do a=$(dirname "$a"); done
inside "$a"
mkdir -p "$D" 2>/dev/null || { echo refused; exit; }
inside "$D"
[ -h "$P" ] && { echo leaves; exit; }
${how} && echo ok || echo refused
`;
}

/** The Job's files, by programs in its container. */
export function containerWorkspace(open: () => Promise<Container>): Workspace {
  async function write(path: string, folder: string, file: { path: string; size: number }, how: string): Promise<void> {
    const container = await open();
    const script = writeScript(path, folder, file.size, how);
    const answer = await answerOf(await container.exec(['sh', '-c', script], createReadStream(file.path)));
    if (answer.word !== 'ok') throw refused(answer.word, path);
    answer.content.destroy();
  }

  return {
    async read(path) {
      const container = await open();
      const { word, content } = await answerOf(
        await container.exec(['sh', '-c', readScript(`./${relativePath(path)}`)]),
      );
      const [how = '', size] = word.split(' ');
      if (how !== 'ok') throw refused(how, path);
      return sized(content, Number(size), path);
    },
    async write(path, content) {
      const target = relativePath(path);
      const folder = target.includes('/') ? target.slice(0, target.lastIndexOf('/')) : '.';
      await viaFile(content as AsyncIterable<Uint8Array>, (file) =>
        write(`./${target}`, `./${folder}`, file, '{ [ ! -e "$P" ] || [ -f "$P" ]; } && head -c "$N" >"$P"'),
      );
    },
    async importFolder(from, to, leaveOut = []) {
      const { pack } = await import('tar-fs');
      const ignore = (name: string) => leaveOut.some((path) => name === path || name.startsWith(path + sep));
      const target = `./${relativePath(to)}`;
      await viaFile(pack(from, { ignore }) as unknown as AsyncIterable<Uint8Array>, (file) =>
        write(target, target, file, 'head -c "$N" | tar -x -o -f - -C "$D"'),
      );
    },
  };
}

/** By way of a file, so that its size is known: some connections cannot tell the other side that nothing follows. */
async function viaFile(
  content: AsyncIterable<Uint8Array>,
  use: (file: { path: string; size: number }) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'palvella-write-'));
  try {
    const path = join(folder, 'content');
    await pipeline(content, createWriteStream(path, { mode: 0o600 }));
    await use({ path, size: (await stat(path)).size });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The first line that the program prints, and what follows it. */
async function answerOf(exec: Exec): Promise<{ word: string; content: Readable }> {
  const content = new PassThrough();
  const first = Promise.withResolvers<string>();
  let line: string | undefined;
  let head = Buffer.alloc(0);
  let complaint = '';

  async function pump(): Promise<void> {
    for await (const { stream, bytes } of exec.output) {
      if (stream === 'stderr') {
        if (complaint.length < 1000) complaint += bytes.toString();
        continue;
      }
      let rest = bytes;
      if (line === undefined) {
        head = Buffer.concat([head, bytes]);
        const end = head.indexOf(10);
        if (end === -1) continue;
        line = head.subarray(0, end).toString();
        rest = head.subarray(end + 1);
        first.resolve(line);
      }
      if (content.destroyed) break;
      if (rest.length > 0 && !content.write(rest))
        await new Promise((go) => content.once('drain', go).once('close', go));
    }
    const reason = complaint.trim() || 'the connection broke off';
    first.reject(new PalvellaError('engine_failed', `the workspace in the container cannot be used: ${reason}`));
    content.end();
  }

  pump()
    .catch((error: unknown) => {
      first.reject(error);
      content.destroy(error instanceof Error ? error : new Error(String(error)));
    })
    .finally(() => exec.close());
  return { word: await first.promise, content };
}

/** Fails where less comes than was said. */
function sized(content: Readable, size: number, path: string): Readable {
  const counted = new PassThrough();
  let seen = 0;
  async function* count(source: AsyncIterable<Buffer>) {
    for await (const chunk of source) {
      seen += chunk.length;
      yield chunk;
    }
    if (seen < size) throw new PalvellaError('engine_failed', `${path} came only in part out of the container`);
  }
  pipeline(content, count, counted).catch((error: unknown) => counted.destroy(error as Error));
  return counted;
}

function refused(word: string, path: string): PalvellaError {
  if (word === 'leaves') return refusal(`the path ${JSON.stringify(path)} leaves the workspace by a link`);
  if (word === 'none') return new PalvellaError('engine_refused', `there is no file ${path} in the workspace`);
  if (word === 'other') return refusal(`${path} is not a file`);
  return new PalvellaError('engine_refused', `${path} cannot be written in the workspace`);
}
