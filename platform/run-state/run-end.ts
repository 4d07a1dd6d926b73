import type { Pool, PoolClient } from 'pg';
import { writeEnd } from '../notifications/write.ts';
import { createInbox } from '../triggers/inbox.ts';
import { sendRunEnd } from '../triggers/run-ends.ts';

const endWaits = `update trigger_waits set state = 'ended' where "runId" = $1 and state = 'waiting'`;

/** What follows from the end of a run, in the transaction that writes that end: whom it is told, and what waits no more. */
export type RunEnd = (client: PoolClient, runId: string) => Promise<void>;

export function createRunEnd({ pool }: { pool: Pool }): RunEnd {
  const inbox = createInbox({ pool });
  return async (client, runId) => {
    await writeEnd(client, runId);
    await client.query({ name: 'end-waits', text: endWaits, values: [runId] });
    await sendRunEnd(client, inbox, runId);
  };
}
