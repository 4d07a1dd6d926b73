import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const folder = join(tmpdir(), 'palvella-test-kubernetes');
const up = join(import.meta.dirname, '../kubernetes/up');

/** Kubeconfig of a cluster of the tests' own, which has alpine:latest. Left running for the next who asks. */
export async function kubernetesForTests(): Promise<string> {
  const { stdout } = await promisify(execFile)(up, [folder]);
  return stdout.trim();
}

/** What kubectl prints. */
export async function kubectl(kubeconfig: string, ...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)('kubectl', ['--kubeconfig', kubeconfig, ...args]);
  return stdout.trim();
}
