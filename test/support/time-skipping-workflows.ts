import { sleep } from '@temporalio/workflow';

export async function sleeps(duration: '30d'): Promise<string> {
  await sleep(duration);
  return 'woke';
}
