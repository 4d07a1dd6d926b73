import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type Docker from 'dockerode';
import { PalvellaError } from '../../core/errors.ts';
import type { Settings } from './manifest.ts';
import { proxyAgent } from './proxy-agent.ts';

/** Which daemon; both absent: the Worker's own. */
export type Address = Partial<Pick<Settings, 'host' | 'context'>>;
export type Proxies = Partial<Pick<Settings, 'http_proxy' | 'https_proxy' | 'no_proxy'>>;

export interface Connection {
  docker: Docker;
  /** For people. */
  at: string;
}

interface Tls {
  ca?: Buffer;
  cert?: Buffer;
  key?: Buffer;
}

const usualSocket = 'unix:///var/run/docker.sock';

interface Daemon {
  host: string;
  tls: Tls;
  /** Where the certificates must be that it is not spoken to without. */
  verify?: string;
}

/** Speaks with the daemon that the settings name, or else with the one that the `docker` command of this user would. */
export async function connect(address: Address, proxies: Proxies = {}): Promise<Connection> {
  const daemon = await find(address);
  return { docker: await client(daemon, proxies), at: daemon.host };
}

/** Whether there can be one that no settings name: its socket is there, or it is elsewhere. Connects to nothing. */
export async function hasUsual(): Promise<boolean> {
  const { host } = await find({});
  return !host.startsWith('unix:') || existsSync(new URL(host).pathname);
}

async function find(address: Address): Promise<Daemon> {
  if (address.host !== undefined) return { host: address.host, tls: {} };
  if (address.context !== undefined) return await ofContext(address.context);
  const host = process.env['DOCKER_HOST'];
  if (host !== undefined && host !== '') return { host, ...(await tlsOfEnvironment()) };
  const current = process.env['DOCKER_CONTEXT'] ?? (await currentContext());
  return await ofContext(current ?? 'default');
}

function configFolder(): string {
  return process.env['DOCKER_CONFIG'] ?? join(homedir(), '.docker');
}

async function currentContext(): Promise<string | undefined> {
  const text = await readFile(join(configFolder(), 'config.json'), 'utf8').catch(() => '{}');
  try {
    return (JSON.parse(text) as { currentContext?: string }).currentContext;
  } catch {
    return undefined;
  }
}

async function ofContext(name: string): Promise<Daemon> {
  if (name === 'default') return { host: usualSocket, tls: {} };
  const id = createHash('sha256').update(name).digest('hex');
  const text = await readFile(join(configFolder(), 'contexts/meta', id, 'meta.json'), 'utf8').catch(() => undefined);
  const meta = text === undefined ? undefined : (JSON.parse(text) as { Endpoints?: { docker?: { Host?: string } } });
  const host = meta?.Endpoints?.docker?.Host;
  if (host === undefined) {
    throw new PalvellaError('engine_refused', `there is no Docker context ${name} on this Worker`, {
      remedy: 'Make it with docker context create as the Worker’s user, or name the daemon by host.',
    });
  }
  return { host, tls: await readTls(join(configFolder(), 'contexts/tls', id, 'docker')) };
}

async function tlsOfEnvironment(): Promise<Omit<Daemon, 'host'>> {
  if (!process.env['DOCKER_TLS_VERIFY']) return { tls: {} };
  const verify = process.env['DOCKER_CERT_PATH'] ?? configFolder();
  return { tls: await readTls(verify), verify };
}

async function readTls(folder: string): Promise<Tls> {
  const read = (name: string) => readFile(join(folder, name)).catch(() => undefined);
  const [ca, cert, key] = await Promise.all([read('ca.pem'), read('cert.pem'), read('key.pem')]);
  return { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) };
}

async function client({ host, tls, verify }: Daemon, proxies: Proxies): Promise<Docker> {
  // Loaded when there is a daemon: it takes 100 ms and 30 MB.
  const { default: Client } = await import('dockerode');
  const url = new URL(host);
  if (url.protocol === 'unix:') return new Client({ socketPath: url.pathname });
  if (url.protocol === 'ssh:') {
    const options = { protocol: 'ssh' as const, host: url.hostname, port: url.port || 22 };
    return new Client({ ...options, ...(url.username && { username: url.username }) });
  }
  if (url.protocol !== 'tcp:') throw new PalvellaError('engine_refused', `a daemon cannot be reached by ${host}`);
  if (verify !== undefined && tls.ca === undefined) {
    throw new PalvellaError(
      'engine_refused',
      `DOCKER_TLS_VERIFY is set, and ${join(verify, 'ca.pem')} cannot be read`,
      {
        remedy: 'Name the folder of ca.pem, cert.pem and key.pem by DOCKER_CERT_PATH, readable by the Worker’s user.',
      },
    );
  }
  const secure = tls.ca !== undefined || tls.cert !== undefined;
  const agent = proxyAgent(url.hostname, secure, proxies);
  return new Client({
    protocol: secure ? 'https' : 'http',
    host: url.hostname,
    port: url.port || (secure ? 2376 : 2375),
    ...tls,
    ...(agent && { agent }),
  });
}
