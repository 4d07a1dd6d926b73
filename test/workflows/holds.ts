import { type WorkflowClient, WorkflowNotFoundError } from '@temporalio/client';
import type { ControlActivities, HoldRequest } from '../../activities/types.ts';
import { decide } from '../../core/decide-holds.ts';
import type { Hold } from '../../core/holds.ts';
import { controlQueue } from '../../core/keys.ts';
import { refusal } from './approvals.ts';

interface Row {
  hold: Hold;
  request: HoldRequest;
  ended: string | undefined;
  /** It has it, and is to end. */
  stop?: string;
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
      if (request.wants.some(({ name }) => name === 'refused')) throw refusal();
      const key = `${request.runId} ${request.jobPath}`;
      let row = rows.get(key);
      if (row === undefined) {
        count += 1;
        const hold = { id: count, granted: false, rank: 3, since: count, wants: request.wants };
        row = { hold, request, ended: undefined };
        rows.set(key, row);
      }
      const { id } = row.hold;
      const reason = row.ended ?? row.stop;
      if (reason !== undefined) return { id, state: 'ended', reason };
      if (row.hold.granted) return { id, state: 'granted' };
      await tell(id);
      return { id, state: 'waiting' };
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
      for (const { id, by } of decision.stopped) {
        const row = find(id);
        if (row === undefined) continue;
        row.hold = { ...row.hold, stopping: true };
        row.stop = `gives way to ${by}`;
        told.push(row);
      }
      for (const { request, hold, stop } of told) {
        const job = request.jobPath;
        const handle = client.getHandle(request.workflowId);
        const said =
          stop === undefined
            ? handle.signal('holdSettled', { job })
            : handle.signal('giveWay', { job, id: hold.id, reason: stop });
        await said.catch((error: unknown) => {
          if (!(error instanceof WorkflowNotFoundError)) throw error;
        });
      }
    },
  };
}
