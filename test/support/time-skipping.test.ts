import { fileURLToPath } from 'node:url';
import { Worker } from '@temporalio/worker';
import { expect, test } from 'vitest';
import { timeSkipping } from './time-skipping.ts';
import type { sleeps } from './time-skipping-workflows.ts';

test('thirty days pass in seconds', async () => {
  const env = await timeSkipping();
  try {
    const worker = await Worker.create({
      connection: env.nativeConnection,
      taskQueue: 'sleepers',
      workflowsPath: fileURLToPath(new URL('./time-skipping-workflows.ts', import.meta.url)),
    });
    const before = await env.currentTimeMs();
    const began = Date.now();
    const slept = env.client.workflow.execute<typeof sleeps>('sleeps', {
      taskQueue: 'sleepers',
      workflowId: 'sleeper',
      args: ['30d'],
    });
    expect(await worker.runUntil(slept)).toBe('woke');
    expect((await env.currentTimeMs()) - before).toBeGreaterThan(29 * 24 * 3600 * 1000);
    expect(Date.now() - began).toBeLessThan(15_000);
  } finally {
    await env.teardown();
  }
}, 300_000);
