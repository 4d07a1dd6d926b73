import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectRoot } from '../build/build.ts';
import { launch } from './launched.ts';
import type { ProcessList } from './leftovers.ts';
import type { ServerLog } from './server-log.ts';
import type { Part } from './supervisor.ts';

export interface NodePartSpec {
  name: string;
  /** Path from the project's root. */
  entry: string;
  /** Flags of Node, such as limits of memory. */
  flags: readonly string[];
  env: NodeJS.ProcessEnv;
  graceMs: number;
}

/** As a flag, since commands of Actions would inherit it from the environment. */
export const compileCache = ['--import', pathToFileURL(join(projectRoot, 'cli/compile-cache.ts')).href];

const readyTimeoutMs = 60_000;

/** One of our own processes: ready when it prints the line `{"ready":true,…}`. */
export function nodePart(spec: NodePartSpec, log: ServerLog, processes: ProcessList): Part {
  return {
    name: spec.name,
    graceMs: spec.graceMs,
    remedy: `What palvella start printed of ${spec.name} before may say more.`,
    launch: () =>
      launch(
        {
          file: process.execPath,
          args: [...spec.flags, ...compileCache, join(projectRoot, spec.entry)],
          env: spec.env,
          cwd: process.cwd(),
        },
        {
          line: log.from(spec.name),
          spawned: (pid) => processes.add(spec.name, pid),
          ready: (text) => text.startsWith('{"ready":true'),
          timeoutMs: readyTimeoutMs,
        },
      ),
  };
}
