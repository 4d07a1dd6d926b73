import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../contracts/engine-harness.ts';
import type { Holdings, Orders } from '../ecs/double/main.ts';
import { dockerForTests } from './docker.ts';

export interface TestEcs {
  /** What it holds, after it was told this. */
  tell(orders?: Orders): Promise<Holdings>;
  /** By which a Worker is told of it; this process is already. */
  env: Readonly<Record<string, string>>;
  /** What is there but for what has ended. */
  left(): Promise<string[]>;
  /** Folder of the file systems, by their ids. */
  volumes: string;
  /** Fails where something of ours is left, or something was said that AWS's models do not allow. */
  close(): Promise<void>;
}

/** The one file system that is also mounted for Workers of this process. */
export const mountedVolume = 'fs-0123456789abcdef0';

/** A test double of ECS in a process of its own. This process and those that it starts are told of it as Workers are. */
export async function ecsForTests(): Promise<TestEcs> {
  const host = await dockerForTests();
  const folder = await mkdtemp(join(tmpdir(), 'palvella-test-ecs-'));
  const volumes = join(folder, 'volumes');
  const mounts = join(folder, 'mounts');
  await Promise.all([mkdir(join(volumes, mountedVolume), { recursive: true }), mkdir(mounts)]);
  await symlink(join(volumes, mountedVolume), join(mounts, mountedVolume));
  const main = join(import.meta.dirname, '../ecs/double/main.ts');
  const server = spawn(process.execPath, [main, volumes], {
    env: { ...process.env, DOCKER_HOST: host },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [first] = (await once(server.stdout, 'data')) as [Buffer];
  const address = first.toString().trim();
  const env = {
    AWS_ENDPOINT_URL_ECS: address,
    AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: address,
    PALVELLA_ECS_MOUNTS: mounts,
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'KNOWN',
    AWS_SECRET_ACCESS_KEY: 'secret-of-the-worker',
  };
  Object.assign(process.env, env);
  async function tell(orders?: Orders): Promise<Holdings> {
    const answer = await fetch(`${address}/control`, orders ? { method: 'POST', body: JSON.stringify(orders) } : {});
    return (await answer.json()) as Holdings;
  }
  async function left(): Promise<string[]> {
    const { definitions, streams, tasks } = await tell();
    const running = tasks.filter(({ lastStatus }) => lastStatus !== 'STOPPED').map(({ taskArn }) => taskArn);
    return [...definitions, ...streams, ...running, ...(await readdir(join(volumes, mountedVolume)))];
  }
  return {
    env,
    left,
    volumes,
    tell,
    async close() {
      const { problems } = await tell();
      const found = await until(async () => (await left()).length === 0).then(() => problems, left);
      server.stdin.end();
      await once(server, 'exit');
      await rm(folder, { recursive: true, force: true });
      if (found.length > 0) throw new Error(`left in the double of ECS: ${found.join('\n')}`);
    },
  };
}
