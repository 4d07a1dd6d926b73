import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CommandFailure } from '../failure.ts';
import { sourceHash } from './source-hash.ts';
import { type BuildStep, buildSteps } from './steps.ts';

export const projectRoot = join(import.meta.dirname, '../..');

const tickMs = 10_000;
/** Of a failed step's output, so many lines from the end are shown. */
const shownLines = 40;

/** Makes what is missing or older than its sources. Resolves at once where nothing is. */
export async function build(say: (text: string) => void): Promise<void> {
  for (const step of buildSteps) {
    const hash = sourceHash(projectRoot, step.sources);
    const stamp = join(projectRoot, 'dist/stamps', step.name.replaceAll(' ', '-'));
    if (existsSync(join(projectRoot, step.result)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash)
      continue;
    await make(step, say);
    mkdirSync(dirname(stamp), { recursive: true });
    writeFileSync(stamp, hash);
  }
}

async function make(step: BuildStep, say: (text: string) => void): Promise<void> {
  const began = Date.now();
  const seconds = () => Math.round((Date.now() - began) / 1000);
  say(`building the ${step.name} …`);
  const progress = setInterval(() => say(`building the ${step.name} … ${seconds()} s`), tickMs);
  const { status, output } = await runNode(step);
  clearInterval(progress);
  if (status !== 0) {
    const shown = output.trimEnd().split('\n').slice(-shownLines).join('\n');
    throw new CommandFailure(2, `The ${step.name} could not be built:\n${shown}`);
  }
  say(`built the ${step.name} in ${seconds()} s`);
}

function runNode(step: BuildStep): Promise<{ status: number | null; output: string }> {
  const child = spawn(process.execPath, step.args, {
    cwd: projectRoot,
    env: { ...process.env, ...step.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('close', (status) => done({ status, output }));
  });
}
