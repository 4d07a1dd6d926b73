import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** What this machine offers besides itself, as sentences for the first screen. */
export async function whatIsFound(env: NodeJS.ProcessEnv): Promise<string[]> {
  return [`Docker: ${await docker(env)}`, `Kubernetes: ${kubernetes(env)}`];
}

async function docker(env: NodeJS.ProcessEnv): Promise<string> {
  const host = env['DOCKER_HOST'];
  if (host !== undefined && !host.startsWith('unix://')) return `${host} (by DOCKER_HOST)`;
  const socket = host?.slice('unix://'.length) ?? '/var/run/docker.sock';
  return (await answers(socket)) ? `found at unix://${socket}` : `not found (nothing answers at unix://${socket})`;
}

function answers(socket: string): Promise<boolean> {
  return new Promise((done) => {
    const connection = connect(socket);
    connection.once('connect', () => done(true)).once('error', () => done(false));
    connection.setTimeout(500, () => done(false));
    connection.once('close', () => done(false)).once('connect', () => connection.destroy());
  });
}

function kubernetes(env: NodeJS.ProcessEnv): string {
  if (env['KUBERNETES_SERVICE_HOST'] !== undefined) return 'this is a pod of one';
  const file = env['KUBECONFIG'] ?? join(homedir(), '.kube/config');
  return existsSync(file) ? `configured in ${file}` : `not configured (no ${file})`;
}
