import { proxyActivities } from '@temporalio/workflow';
import type * as activities from './activities.ts';

const { runCommand } = proxyActivities<typeof activities>({ startToCloseTimeout: '1 minute' });

export async function one(command: string): Promise<number> {
  return (await runCommand(command)).startedAt;
}

export async function sequence(count: number): Promise<void> {
  for (let at = 0; at < count; at++) await runCommand('true');
}

export async function parallel(count: number): Promise<void> {
  await Promise.all(Array.from({ length: count }, () => runCommand('true')));
}
