import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import type { CommandSpec, Engine, Exit, OutputChunk, Running } from '../../core/contracts/engine.ts';
import type { JsonObject } from '../../core/json.ts';
import type { ActionKey, JobKey } from '../../core/keys.ts';
import { decodeFrames, type Stream } from '../../core/log-frames.ts';

/** What the suite needs to know of an implementation beside its Engine. */
export interface EngineUnderTest {
  engine: Engine;
  /** Of the Engine, for its Jobs. */
  settings: JsonObject;
  /** A module that exports `create(stateFolder): Promise<Engine>`, for a process that is killed in the test. */
  module: URL;
  stateFolder: string;
  dispose(): Promise<void>;
}

export function newJob(): JobKey {
  return { runId: randomUUID(), jobPath: 'build/unit[0]', jobAttempt: 1 };
}

export function actionOf(job: JobKey, action = 'step', attempt = 1): ActionKey {
  return { ...job, action, attempt };
}

export function commandOf(key: ActionKey, command: string, environ: Record<string, string> = {}): CommandSpec {
  return { key, command, environ };
}

export interface Finished {
  exit: Exit;
  chunks: OutputChunk[];
  stdout: string;
  stderr: string;
  /** What Palvella said itself. */
  said: string;
}

export async function finish(running: Running): Promise<Finished> {
  const chunks: OutputChunk[] = [];
  for await (const chunk of running.output) chunks.push(chunk);
  return {
    exit: await running.exit,
    chunks,
    stdout: textOf(chunks, 'stdout'),
    stderr: textOf(chunks, 'stderr'),
    said: textOf(chunks, 'system'),
  };
}

/** Reads no further than the first chunk. */
export async function firstOutput(running: Running): Promise<string> {
  for await (const { frames } of running.output) return Buffer.from(frames).toString();
  return '';
}

export function textOf(chunks: readonly OutputChunk[], stream: Stream): string {
  const payloads = chunks.flatMap(({ frames }) =>
    [...decodeFrames(frames)].filter((frame) => frame.stream === stream).map(({ payload }) => payload),
  );
  return Buffer.concat(payloads).toString();
}

export async function runOnce(
  { engine, settings }: EngineUnderTest,
  job: JobKey,
  command: string,
  environ?: Record<string, string>,
) {
  await engine.prepare({ key: job, settings });
  return await finish(await engine.start(commandOf(actionOf(job, randomUUID()), command, environ)));
}

export async function readText(stream: NodeJS.ReadableStream): Promise<string> {
  return await text(stream as AsyncIterable<Buffer>);
}

/** Polls until `check` holds; fails the test by throwing after `ms`. */
export async function until(check: () => boolean | Promise<boolean>, ms = 10_000): Promise<void> {
  const end = performance.now() + ms;
  while (!(await check())) {
    if (performance.now() > end) throw new Error('it did not come true in time');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Processes named sleep of a run, wherever on this machine they are: what runs in a container is seen from outside. */
export function sleepsOf(runId: string): number {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.filter((pid) => {
    try {
      const environ = readFileSync(`/proc/${pid}/environ`, 'utf8');
      return readFileSync(`/proc/${pid}/comm`, 'utf8') === 'sleep\n' && environ.includes(`PALVELLA_RUN=${runId}\0`);
    } catch {
      return false;
    }
  }).length;
}
