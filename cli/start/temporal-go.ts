import { execFile, spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { temporalVersion } from './temporal-download.ts';
import type { ProgramOptions } from './temporal-program.ts';

const sayEveryMs = 15_000;

/** Where `go install` puts programs; undefined where there is no Go. */
export async function goBinFolder(env: NodeJS.ProcessEnv): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)('go', ['env', 'GOBIN', 'GOPATH'], { env });
    const [bin = '', path = ''] = stdout.split('\n');
    return bin === '' ? join(path.split(delimiter)[0] as string, 'bin') : bin;
  } catch {
    return undefined;
  }
}

/** Takes minutes, once. */
export async function buildTemporal(goBin: string, options: ProgramOptions): Promise<string> {
  const began = Date.now();
  const seconds = () => Math.round((Date.now() - began) / 1000);
  options.say(`building Temporal ${temporalVersion} with Go, which takes some minutes once …`);
  const ticking = setInterval(() => options.say(`building Temporal … ${seconds()} s`), sayEveryMs);
  try {
    await install(options);
  } finally {
    clearInterval(ticking);
  }
  options.say(`Temporal is built (${seconds()} s)`);
  return join(goBin, 'temporal');
}

function install({ env, spawned }: ProgramOptions): Promise<void> {
  const child = spawn('go', ['install', `github.com/temporalio/cli/cmd/temporal@v${temporalVersion}`], {
    env,
    cwd: '/',
    stdio: ['ignore', 'ignore', 'pipe'],
    // Ctrl-C reaches only us; whoever ends us ends it by its number.
    detached: true,
  });
  if (child.pid !== undefined) spawned(child.pid);
  let last = '';
  createInterface({ input: child.stderr }).on('line', (line) => (last = line));
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('close', (status) =>
      status === 0 ? done() : fail(new Error(`go install did not succeed (${last.trim()})`)),
    );
  });
}
