import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { Client, Connection, type WorkflowResultType } from '@temporalio/client';
import type * as workflows from './workflows.ts';

/** The Temporal SDK alone, with a worker process of its own on the same server. */
export interface RawTemporal {
  execute<Name extends keyof typeof workflows>(
    name: Name,
    ...args: Parameters<(typeof workflows)[Name]>
  ): Promise<WorkflowResultType<(typeof workflows)[Name]>>;
  /** Events in the longest history of a workflow and its children. */
  longestHistory(workflowId: string): Promise<number>;
  stop(): Promise<void>;
}

export async function startRaw(address: string): Promise<RawTemporal> {
  const worker = spawn(process.execPath, [join(import.meta.dirname, 'worker.ts')], {
    env: { ...process.env, TEMPORAL_ADDRESS: address },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await once(worker.stdout, 'data');
  const connection = await Connection.connect({ address });
  const client = new Client({ connection });
  return {
    execute: (name, ...args) => client.workflow.execute(name, { taskQueue: 'raw', workflowId: randomUUID(), args }),
    longestHistory: async (workflowId) => {
      const query = `WorkflowId = "${workflowId}" OR RootWorkflowId = "${workflowId}"`;
      let longest = 0;
      for await (const { historyLength } of client.workflow.list({ query })) longest = Math.max(longest, historyLength);
      return longest;
    },
    stop: async () => {
      worker.kill('SIGTERM');
      await once(worker, 'exit');
      await connection.close();
    },
  };
}
