import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const folder = join(tmpdir(), 'palvella-test-docker');
const up = join(import.meta.dirname, '../docker/up');

/** Address of a Docker daemon of the tests' own, which has alpine:latest. Left running for the next who asks. */
export async function dockerForTests(): Promise<string> {
  const { stdout } = await promisify(execFile)(up, [folder]);
  return stdout.trim();
}

/** What the docker command prints. */
export async function docker(host: string, ...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)('docker', args, { env: { ...process.env, DOCKER_HOST: host } });
  return stdout.trim();
}
