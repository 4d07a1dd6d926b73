import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const folder = join(tmpdir(), 'palvella-test-docker');
const script = (name: 'up' | 'down') => join(import.meta.dirname, '../docker', name);

/** Address of a Docker daemon of the tests' own, which has alpine:latest. Left running for the next who asks. */
export async function dockerForTests(): Promise<string> {
  const { stdout } = await promisify(execFile)(script('up'), [folder]);
  return stdout.trim();
}

export async function stopDockerForTests(): Promise<void> {
  await promisify(execFile)(script('down'), [folder]);
}

/** What the docker command prints. */
export async function docker(host: string, ...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)('docker', args, { env: { ...process.env, DOCKER_HOST: host } });
  return stdout.trim();
}
