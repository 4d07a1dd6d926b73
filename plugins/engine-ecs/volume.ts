import { chmodSync, existsSync, lstatSync, mkdirSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { Workspace } from '../../core/contracts/engine.ts';
import { PalvellaError } from '../../core/errors.ts';
import { removeTree } from '../../engine-kit/folder/remove-tree.ts';
import { folderWorkspace } from '../../engine-kit/folder/workspace.ts';
import type { Volume } from './places.ts';

/** The folder of the Worker's host where what tasks see of this volume is mounted. */
function mountOf({ efs, access_point, root = '' }: Volume): string | undefined {
  const mounts = process.env['PALVELLA_ECS_MOUNTS'];
  if (!mounts) return undefined;
  const mount = join(mounts, access_point ?? efs);
  return existsSync(mount) ? join(mount, root) : undefined;
}

/** A Job's files, where the Worker can reach them. `folder`: the Job's on its volume. */
export function jobWorkspace(volume: Volume | undefined, folder: string): Workspace {
  const mount = volume && mountOf(volume);
  if (mount === undefined) return unreachable(volume);
  mkdirSync(mount, { recursive: true });
  const work = join(mount, folder, 'work');
  for (const path of [join(mount, folder), work]) makeFolder(path);
  return folderWorkspace(work, async () => join(await realpath(mount), folder, 'work'));
}

/** Where tasks have put a link of their own in its place, the Worker must not go where it leads. */
function makeFolder(path: string): void {
  try {
    mkdirSync(path);
    // Tasks may run as any user.
    chmodSync(path, 0o777);
  } catch {
    if (lstatSync(path, { throwIfNoEntry: false })?.isDirectory()) return;
    throw new PalvellaError('engine_refused', 'the folder of the Job on its volume was replaced by something else');
  }
}

/** Whether the Worker could. */
export async function removeFolder(volume: Volume, folder: string): Promise<boolean> {
  const mount = mountOf(volume);
  if (mount !== undefined) await removeTree(join(mount, folder));
  return mount !== undefined;
}

function unreachable(volume: Volume | undefined): Workspace {
  const refuse = () =>
    Promise.reject(
      volume === undefined
        ? new PalvellaError('engine_refused', 'the files of a task on ECS cannot be reached from outside', {
            remedy: 'Give the Engine a volume on EFS that the Worker has mounted.',
          })
        : new PalvellaError('engine_refused', `this Worker does not have the volume ${volume.efs} mounted`, {
            remedy: `Mount it at ${volume.access_point ?? volume.efs} in the folder that PALVELLA_ECS_MOUNTS names.`,
          }),
    );
  return { read: refuse, write: refuse, importFolder: refuse };
}
