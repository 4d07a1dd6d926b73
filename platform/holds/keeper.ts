import type { Client } from '@temporalio/client';
import { controlQueue, holdKeeperId } from '../../core/keys.ts';
import { signalIfThere } from '../temporal/signal.ts';

/** The workflow that decides who has what, and those that wait for its word. */
export interface Keeper {
  /** Has it look at these; it is started where it is not there. */
  tell(ids: readonly number[]): Promise<void>;
  /** Started where it is not there, else left alone. */
  ensure(): Promise<void>;
  /** Has a run look at what came of its asking. One that is gone needs to hear nothing. */
  wake(asker: { workflowId: string; jobPath: string }): Promise<void>;
  /** Has what holds something end, and says why. Whether it is there. */
  stop(holder: { id: number; workflowId: string; jobPath: string; stop: string }): Promise<boolean>;
}

const start = { taskQueue: controlQueue, workflowId: holdKeeperId, args: [] };

export function createKeeper({ client }: { client: Client }): Keeper {
  return {
    tell: async (ids) => {
      await client.workflow.signalWithStart('holdKeeper', { ...start, signal: 'holdsChanged', signalArgs: [ids] });
    },
    ensure: async () => {
      await client.workflow.start('holdKeeper', { ...start, workflowIdConflictPolicy: 'USE_EXISTING' });
    },
    wake: async ({ workflowId, jobPath }) => {
      await signalIfThere(client, workflowId, 'holdSettled', { job: jobPath });
    },
    stop: ({ id, workflowId, jobPath, stop }) =>
      signalIfThere(client, workflowId, 'giveWay', { job: jobPath, id, reason: stop }),
  };
}
