import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { PalvellaError } from '../../core/errors.ts';
import { hub, registryOf } from '../../core/registry.ts';
import type { Settings } from './manifest.ts';

const helperMs = 30_000;
/** What Docker's own registry is called in logins. */
const hubLogin = 'https://index.docker.io/v1/';

export interface RegistryLogin {
  username?: string;
  password?: string;
  identitytoken?: string;
  serveraddress: string;
}

/** How to sign in for this image; undefined where the settings say nothing of its registry. */
export async function loginFor(image: string, settings: Settings): Promise<RegistryLogin | undefined> {
  const { login } = settings;
  if (login === undefined) return undefined;
  const registry = registryOf(image);
  const serveraddress = registry === hub ? hubLogin : registry;
  const helper = login.credHelpers?.[registry] ?? login.credHelpers?.[serveraddress] ?? login.credsStore;
  if (helper !== undefined) return { ...(await askHelper(helper, serveraddress, settings)), serveraddress };
  // A password is for the registry of the Engine's image: that of a service may be another.
  if (login.username === undefined || login.password === undefined || registry !== registryOf(settings.image))
    return undefined;
  return { username: login.username, password: login.password, serveraddress };
}

/** The helper sees a config.json of its own and nothing of the server's environment. */
async function askHelper(name: string, registry: string, settings: Settings) {
  const folder = await mkdtemp(join(tmpdir(), 'palvella-docker-'));
  try {
    const { login } = settings;
    const config = {
      proxies: settings['config.json']?.proxies,
      ...(login?.credsStore && { credsStore: login.credsStore }),
      ...(login?.credHelpers && { credHelpers: login.credHelpers }),
    };
    await writeFile(join(folder, 'config.json'), JSON.stringify(config), { mode: 0o600 });
    const answer = await runHelper(`docker-credential-${name}`, registry, {
      PATH: process.env['PATH'] ?? '/usr/local/bin:/usr/bin:/bin',
      HOME: folder,
      DOCKER_CONFIG: folder,
      ...proxyVariables(settings),
    });
    // A helper that gives a token instead of a password says so by this name.
    return answer.Username === '<token>'
      ? { identitytoken: answer.Secret }
      : { username: answer.Username, password: answer.Secret };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function proxyVariables({ http_proxy, https_proxy, no_proxy }: Settings): Record<string, string> {
  return {
    ...(http_proxy && { HTTP_PROXY: http_proxy }),
    ...(https_proxy && { HTTPS_PROXY: https_proxy }),
    ...(no_proxy && { NO_PROXY: no_proxy }),
  };
}

async function runHelper(program: string, registry: string, env: Record<string, string>) {
  const child = spawn(program, ['get'], { env, stdio: ['pipe', 'pipe', 'ignore'], timeout: helperMs });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', () => reject(refused(program, registry, 'it is not there on the Worker')));
    child.on('close', resolve);
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(registry);
  const [printed, status] = await Promise.all([text(child.stdout), ended]);
  if (status !== 0) throw refused(program, registry, printed.trim() || `it ended with ${status}`);
  try {
    return JSON.parse(printed) as { Username: string; Secret: string };
  } catch {
    throw refused(program, registry, 'what it answers is not JSON');
  }
}

function refused(program: string, registry: string, why: string): PalvellaError {
  return new PalvellaError('engine_refused', `${program} gives no login for ${registry}: ${why}`);
}
