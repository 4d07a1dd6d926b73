import { constants, createReadStream, createWriteStream } from 'node:fs';
import { cp, type FileHandle, mkdir, open, readdir, readlink, realpath } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Workspace } from '../../core/contracts/engine.ts';
import { PalvellaError } from '../../core/errors.ts';
import { refusal, relativePath } from '../output/relative-path.ts';

/**
 * A folder as a workspace. Every file is checked once it is open, so that a link swapped in between changes nothing.
 * `realRoot`: what the root is once links are followed, where others than this machine's users could make it a link.
 */
export function folderWorkspace(root: string, realRoot = () => realpath(root)): Workspace {
  return {
    async read(path) {
      const inside = relativePath(path);
      const file = await open(join(root, inside), constants.O_RDONLY | constants.O_NONBLOCK).catch((error: unknown) => {
        throw new PalvellaError('engine_refused', `there is no file ${path} in the workspace`, { cause: error });
      });
      try {
        await assertInside(realRoot, file, join(root, inside), path);
        if (!(await file.stat()).isFile()) throw refusal(`${path} is not a file`);
      } catch (error) {
        await file.close();
        throw error;
      }
      return createReadStream('', { fd: file });
    },
    async write(path, content) {
      const inside = relativePath(path);
      const target = join(root, inside);
      await makeFolder(realRoot, dirname(target), path);
      const { O_WRONLY, O_CREAT, O_TRUNC, O_NOFOLLOW, O_NONBLOCK } = constants;
      // A pipe that nobody reads would keep a thread waiting for ever.
      const flags = O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_NONBLOCK;
      const folder = await open(dirname(target), constants.O_RDONLY | constants.O_DIRECTORY);
      try {
        await assertInside(realRoot, folder, dirname(target), path);
        const parent = process.platform === 'linux' ? `/proc/self/fd/${folder.fd}` : dirname(target);
        const file = await open(join(parent, basename(target)), flags, 0o644).catch((error: unknown) => {
          throw new PalvellaError('engine_refused', `${path} cannot be written in the workspace`, { cause: error });
        });
        if (!(await file.stat()).isFile()) {
          await file.close();
          throw refusal(`${path} is not a file`);
        }
        await pipeline(content, createWriteStream('', { fd: file }));
      } finally {
        await folder.close();
      }
    },
    async importFolder(from, to, leaveOut = []) {
      const target = join(root, relativePath(to));
      await makeFolder(realRoot, target, to);
      await copyTree(from, target, leaveOut);
    },
  };
}

/** Links are copied as links: what they name is checked when it is read. */
async function copyTree(from: string, to: string, leaveOut: readonly string[]): Promise<void> {
  if (leaveOut.includes(from)) return;
  if (!leaveOut.some((path) => path.startsWith(from + sep))) {
    await cp(from, to, { recursive: true, verbatimSymlinks: true, force: true });
    return;
  }
  await mkdir(to, { recursive: true });
  for (const name of await readdir(from)) await copyTree(join(from, name), join(to, name), leaveOut);
}

async function makeFolder(root: () => Promise<string>, folder: string, path: string): Promise<void> {
  // Looked at before as well as after, so that not even an empty folder is made beyond a link.
  assertBelow(await root(), await deepestReal(folder), path);
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw new PalvellaError('engine_refused', `${path} cannot be written in the workspace`, { cause: error });
  });
  assertBelow(await root(), await realpath(folder), path);
}

async function deepestReal(folder: string): Promise<string> {
  return await realpath(folder).catch(() => deepestReal(dirname(folder)));
}

async function assertInside(
  root: () => Promise<string>,
  file: FileHandle,
  opened: string,
  path: string,
): Promise<void> {
  const real = process.platform === 'linux' ? await readlink(`/proc/self/fd/${file.fd}`) : await realpath(opened);
  assertBelow(await root(), real, path);
}

function assertBelow(root: string, real: string, path: string): void {
  if (real !== root && !real.startsWith(root + sep))
    throw refusal(`the path ${JSON.stringify(path)} leaves the workspace by a link`);
}
