import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { Client, Connection } from '@temporalio/client';

const root = join(import.meta.dirname, '../..');
const bin = join(root, 'cli/bin.js');

export interface Outcome {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** The `palvella` command as a person runs it, with nothing of this process's own settings. */
export function spawnPalvella(args: readonly string[], env: NodeJS.ProcessEnv = {}, cwd = root): ChildProcess {
  return spawn(process.execPath, [bin, ...args], {
    cwd,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

export async function palvella(args: readonly string[], env: NodeJS.ProcessEnv = {}, cwd = root): Promise<Outcome> {
  return outcome(spawnPalvella(args, env, cwd));
}

export async function outcome(child: ChildProcess): Promise<Outcome> {
  const { stdout, stderr } = child;
  if (stdout === null || stderr === null) throw new Error('its output is not read');
  const [out, err, [status]] = await Promise.all([text(stdout), text(stderr), once(child, 'close')]);
  return { status: status as number | null, stdout: out, stderr: err };
}

export type PartName = 'web' | 'control' | 'engine' | 'postgres' | 'temporal';

/** A real `palvella start`, seen from outside. */
export interface StartedPalvella {
  url: string;
  signIn: string;
  dataDir: string;
  output(): string;
  /** Runs a command against it. */
  cli(...args: string[]): Promise<Outcome>;
  /** The same, expecting status 0, and reading what `--json` printed. */
  json<T>(...args: string[]): Promise<T>;
  spawn(...args: string[]): ChildProcess;
  pid(part: PartName): number;
  /** Of the part's process alone, whatever else the machine does; milliseconds. */
  cpuMs(part: PartName): number;
  /** Ends a workflow in Temporal, as `temporal workflow terminate` does. */
  terminate(workflowId: string): Promise<void>;
  /** Ctrl-C, and wait. */
  stop(): Promise<number | null>;
}

export async function startPalvella(
  options: { dataDir?: string; port?: number; env?: NodeJS.ProcessEnv } = {},
): Promise<StartedPalvella> {
  const dataDir = options.dataDir ?? temporaryFolder();
  const port = options.port ?? (await freePort());
  const child = spawnPalvella(['start', '--data-dir', dataDir, '--port', String(port)], options.env);
  let printed = '';
  const signIn = await new Promise<string>((ready, fail) => {
    const read = (chunk: Buffer) => {
      printed += chunk.toString();
      const link = /^ *Sign in .*?(http\S+)$/m.exec(printed)?.[1];
      if (link !== undefined && printed.includes('Ctrl-C')) ready(link);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', (status) => fail(new Error(`palvella start ended with ${status}:\n${printed}`)));
  });
  const cli = (...args: string[]) => palvella([...args, '--data-dir', dataDir]);
  const pid = (part: PartName) => {
    const parts = JSON.parse(readFileSync(join(dataDir, 'processes.json'), 'utf8')) as { part: string; pid: number }[];
    const found = parts.find((one) => one.part === part);
    if (found === undefined) throw new Error(`no process of ${part}`);
    return found.pid;
  };
  return {
    url: `http://localhost:${port}`,
    signIn,
    dataDir,
    output: () => printed,
    cli,
    json: async <T>(...args: string[]) => {
      const result = await cli(...args, '--json');
      if (result.status !== 0) throw new Error(`palvella ${args.join(' ')}: ${result.status}\n${result.stderr}`);
      return JSON.parse(result.stdout) as T;
    },
    spawn: (...args) => spawnPalvella([...args, '--data-dir', dataDir]),
    pid,
    cpuMs(part) {
      const fields =
        readFileSync(`/proc/${pid(part)}/stat`, 'utf8')
          .split(') ')
          .at(-1)
          ?.split(' ') ?? [];
      // User and system time, in hundredths of a second.
      return (Number(fields[11]) + Number(fields[12])) * 10;
    },
    async terminate(workflowId) {
      const { temporal } = JSON.parse(readFileSync(join(dataDir, 'connection.json'), 'utf8')) as { temporal: string };
      const connection = await Connection.connect({ address: temporal });
      await new Client({ connection }).workflow.getHandle(workflowId).terminate();
      await connection.close();
    },
    stop: async () => {
      if (child.exitCode !== null) return child.exitCode;
      child.kill('SIGINT');
      const [status] = await once(child, 'exit');
      return status as number | null;
    },
  };
}

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'palvella-e2e-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
