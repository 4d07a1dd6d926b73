import { type WorkflowClient, WorkflowNotFoundError } from '@temporalio/client';
import type { ControlActivities, HoldRequest } from '../../activities/types.ts';
import { decide } from '../../core/decide-holds.ts';
import type { Hold } from '../../core/holds.ts';
import { controlQueue } from '../../core/keys.ts';

interface Row {
  hold: Hold;
  request: HoldRequest;
  ended: string | undefined;
}

type HoldActivities = Pick<ControlActivities, 'askHold' | 'releaseHold' | 'readHolds' | 'settleHolds'>;

/** What a database answers of locks and groups, for a keeper of its own. */
export function holdsInMemory(client: WorkflowClient, workflowId: string): HoldActivities & { rows: Map<string, Row> } {
  const rows = new Map<string, Row>();
  let count = 0;
  const tell = (id: number) =>
    client.signalWithStart('holdKeeper', {
      taskQueue: controlQueue,
      workflowId,
      args: [],
      signal: 'holdsChanged',
      signalArgs: [[id]],
    });
  const find = (id: number) => [...rows.values()].find(({ hold }) => hold.id === id);

  return {
    rows,
    async askHold(request) {
      const key = `${request.runId} ${request.jobPath}`;
      let row = rows.get(key);
      if (row === undefined) {
        count += 1;
        const hold = { id: count, granted: false, rank: 3, since: count, wants: request.wants };
        row = { hold, request, ended: undefined };
        rows.set(key, row);
      }
      if (row.ended !== undefined) return { state: 'ended', reason: row.ended };
      if (row.hold.granted) return { state: 'granted' };
      await tell(row.hold.id);
      return { state: 'waiting' };
    },
    async releaseHold({ runId, jobPath }) {
      const row = rows.get(`${runId} ${jobPath}`);
      rows.delete(`${runId} ${jobPath}`);
      if (row !== undefined) await tell(row.hold.id);
    },
    async readHolds(ids, after) {
      return [...rows.values()]
        .filter(({ hold, ended }) => ended === undefined && (ids.includes(hold.id) || hold.id > after))
        .map(({ hold }) => hold);
    },
    async settleHolds(decision: ReturnType<typeof decide>) {
      const told = [];
      for (const id of decision.granted) {
        const row = find(id);
        if (row === undefined) continue;
        row.hold = { ...row.hold, granted: true };
        told.push(row);
      }
      for (const { id, why } of decision.ended) {
        const row = find(id);
        if (row === undefined) continue;
        row.ended = why;
        told.push(row);
      }
      for (const { request } of told) {
        await client
          .getHandle(request.workflowId)
          .signal('holdSettled', { job: request.jobPath })
          .catch((error: unknown) => {
            if (!(error instanceof WorkflowNotFoundError)) throw error;
          });
      }
    },
  };
}
