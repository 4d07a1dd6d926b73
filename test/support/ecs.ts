import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Holdings, Orders } from '../ecs/double/main.ts';
import { dockerForTests } from './docker.ts';

export interface TestEcs {
  /** What it holds, after it was told this. */
  tell(orders?: Orders): Promise<Holdings>;
  close(): Promise<void>;
}

/** File system of which what tasks write is also mounted for Workers of this process. */
export const mountedVolume = 'fs-0123456789abcdef0';

/** A test double of ECS in a process of its own. This process and those that it starts are told of it as Workers are. */
export async function ecsForTests(): Promise<TestEcs> {
  const host = await dockerForTests();
  const folder = await mkdtemp(join(tmpdir(), 'palvella-test-ecs-'));
  await mkdir(join(folder, mountedVolume));
  const main = join(import.meta.dirname, '../ecs/double/main.ts');
  const server = spawn(process.execPath, [main, folder], {
    env: { ...process.env, DOCKER_HOST: host },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [first] = (await once(server.stdout, 'data')) as [Buffer];
  const address = first.toString().trim();
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_ECS: address,
    AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: address,
    PALVELLA_ECS_MOUNTS: folder,
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'KNOWN',
    AWS_SECRET_ACCESS_KEY: 'secret-of-the-worker',
  });
  return {
    async tell(orders) {
      const answer = await fetch(`${address}/control`, orders ? { method: 'POST', body: JSON.stringify(orders) } : {});
      return (await answer.json()) as Holdings;
    },
    async close() {
      server.stdin.end();
      await once(server, 'exit');
      await rm(folder, { recursive: true, force: true });
    },
  };
}
