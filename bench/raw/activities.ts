import { spawn } from 'node:child_process';

/** What an Action does at the least: the same command, spawned the same way, and its exit status. */
export function runCommand(command: string): Promise<{ status: number | null; startedAt: number }> {
  const startedAt = performance.timeOrigin + performance.now();
  const child = spawn('sh', ['-e', '-c', command], { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.resume();
  child.stderr.resume();
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('close', (status) => done({ status, startedAt }));
  });
}
