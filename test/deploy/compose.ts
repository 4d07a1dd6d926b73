import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort, type Outcome, palvella } from '../e2e/palvella.ts';
import { docker } from '../support/docker.ts';
import { builtImages } from './setting.ts';

const root = join(import.meta.dirname, '../..');
const project = 'palvella-test';

export interface Composed {
  secrets: Record<'database-password' | 'token' | 'worker-token', string>;
  /** The `docker` command at the daemon that has all containers. */
  docker(...args: string[]): Promise<string>;
  compose(...args: string[]): Promise<string>;
  /** The `palvella` command of this machine against it. */
  cli(...args: string[]): Promise<Outcome>;
  down(): Promise<void>;
}

/** docker-compose.yml, started as docs/deploy.md says, but with images that were made here. */
export async function composed(): Promise<Composed> {
  const images = await builtImages();
  const folder = mkdtempSync(join(tmpdir(), 'palvella-compose-'));
  const secrets = {
    'database-password': 'a password with a space, / and @',
    token: 'of-the-administrator-'.padEnd(40, 'x'),
    'worker-token': 'of-the-worker-'.padEnd(40, 'x'),
  };
  for (const [name, secret] of Object.entries(secrets)) writeFileSync(join(folder, name), `${secret}\n`);
  const port = await freePort();
  const socket = images.host.replace('unix://', '');
  const env = {
    PATH: process.env['PATH'],
    DOCKER_HOST: images.host,
    PALVELLA_IMAGE: images.palvella,
    POSTGRES_IMAGE: images.postgres,
    TEMPORAL_IMAGE: images.temporal,
    PALVELLA_LISTEN: `127.0.0.1:${port}`,
    PALVELLA_SECRETS: folder,
    DOCKER_SOCKET: socket,
    DOCKER_GROUP: String(statSync(socket).gid),
  };
  const compose = async (...args: string[]) => {
    const { stdout } = await promisify(execFile)('docker-compose', ['-p', project, ...args], { cwd: root, env });
    return stdout.trim();
  };
  await compose('down', '--volumes', '--timeout', '1');
  await compose('up', '--detach', '--no-build');
  return {
    secrets,
    compose,
    docker: (...args) => docker(images.host, ...args),
    cli: (...args) =>
      palvella(args, { PALVELLA_URL: `http://127.0.0.1:${port}`, PALVELLA_TOKEN: secrets.token }, folder),
    down: async () => {
      await compose('down', '--volumes', '--timeout', '1');
      rmSync(folder, { recursive: true });
    },
  };
}
