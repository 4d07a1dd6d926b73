import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { CommandFailure } from '../failure.ts';
import { cacheFolder, homeFolder } from '../user-folders.ts';
import { downloadTemporal, temporalVersion } from './temporal-download.ts';
import { buildTemporal, goBinFolder } from './temporal-go.ts';

export interface ProgramOptions {
  env: NodeJS.ProcessEnv;
  say(text: string): void;
  /** Told of a process that takes long, so that it can be ended with all others. */
  spawned(pid: number): void;
  /** Where it is downloaded from, if not from Temporal. */
  service?: string;
}

/** Path of the program `temporal`: one that is here, else downloaded, else built. */
export async function temporalProgram(options: ProgramOptions): Promise<string> {
  const { env } = options;
  const downloaded = join(cacheFolder(env), `temporal-${temporalVersion}`);
  const goBin = await goBinFolder(env);
  const found = firstProgram([
    ...(env['PATH'] ?? '').split(delimiter),
    join(homeFolder(env), 'go/bin'),
    goBin,
    downloaded,
  ]);
  if (found !== undefined) return found;
  const failures: string[] = [];
  for (const get of [
    () => downloadTemporal({ ...options, target: downloaded }),
    ...(goBin === undefined ? [] : [() => buildTemporal(goBin, options)]),
  ]) {
    try {
      return await get();
    } catch (error) {
      failures.push((error as Error).message);
    }
  }
  if (goBin === undefined) failures.push('Go is not installed to build it with');
  throw new CommandFailure(
    2,
    `Temporal cannot be had: ${failures.join('; ')}. Install the program temporal (https://docs.temporal.io/cli) or Go, or set TEMPORAL_ADDRESS to a Temporal of yours.`,
  );
}

function firstProgram(folders: readonly (string | undefined)[]): string | undefined {
  return folders.flatMap((folder) => (folder ? [join(folder, 'temporal')] : [])).find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
