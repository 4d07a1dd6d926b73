import { posix } from 'node:path';
import { PalvellaError } from '../../core/errors.ts';
import type { Settings } from './manifest.ts';
import { isJobName } from './names.ts';

type Allowed = NonNullable<Settings['allow']>[number];

/** Refuses what would let a Job out of its containers, unless the Engine's owner allowed it by name. */
export function assertIsolated(settings: Settings): void {
  const { network } = settings;
  if (network === 'host') need(settings, 'host_network', 'the network of the host');
  if (network !== undefined) refuseJobs(network, 'network');
  for (const { name } of settings.volumes ?? []) {
    refuseJobs(name, 'volume');
    if (!isDirectory(name)) continue;
    need(settings, 'host_directories', `the directory ${name} of the host`);
    if (holdsSocket(name)) need(settings, 'docker_socket', `${name}, where the daemon’s socket is,`);
  }
}

/** What was made for one Job is no other's. */
function refuseJobs(name: string, what: 'volume' | 'network'): void {
  if (isJobName(name)) throw new PalvellaError('engine_refused', `the ${what} ${name} is a Job’s own`);
}

/** Volumes have names; what has a slash or begins with a dot is a directory. */
export function isDirectory(name: string): boolean {
  return name.includes('/') || name.startsWith('.') || name.startsWith('~');
}

/** Whoever has the socket has the host. It is in /run, to which /var/run leads. */
function holdsSocket(name: string): boolean {
  const path = posix.normalize(name).replace(/\/$/, '') || '/';
  const places = ['/run/docker.sock', '/var/run/docker.sock'];
  return path.endsWith('docker.sock') || places.some((place) => place.startsWith(path === '/' ? '/' : `${path}/`));
}

function need(settings: Settings, what: Allowed, words: string): void {
  if (settings.allow?.includes(what)) return;
  throw new PalvellaError('engine_refused', `a container may not have ${words} unless its Engine allows ${what}`, {
    remedy: `Whoever owns the Engine may write allow: [${what}] in it.`,
  });
}
