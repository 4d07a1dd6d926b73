import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { Connection } from '@temporalio/client';
import { openTemporal } from '../../platform/temporal/client.ts';
import { registerSearchAttributes } from '../../platform/temporal/register-search-attributes.ts';

/** What the tests ask of the `temporal` program: where Go puts it, too. */
export const temporalEnvironment: NodeJS.ProcessEnv = {
  ...process.env,
  PATH: [process.env['PATH'], join(homedir(), 'go/bin')].join(delimiter),
};

/** A Temporal with nothing in it, which keeps nothing unless `file` is given. Whoever starts it ends it. */
export async function startTemporal(address: string, file?: string): Promise<{ stop(): Promise<void> }> {
  const [ip = '', port = ''] = address.split(':');
  const kept = file === undefined ? [] : ['--db-filename', file];
  const child = spawn('temporal', ['server', 'start-dev', '--headless', '--ip', ip, '--port', port, ...kept], {
    stdio: 'ignore',
    env: temporalEnvironment,
  });
  for (let tries = 0; ; tries += 1) {
    try {
      await (await Connection.connect({ address })).close();
      break;
    } catch (error) {
      if (tries > 100) throw error;
      await new Promise((done) => setTimeout(done, 100));
    }
  }
  const { client, close } = openTemporal({ address, namespace: 'default' });
  await registerSearchAttributes(client);
  await close();
  return { stop: () => end(child) };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}
