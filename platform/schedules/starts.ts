import type { Client } from '@temporalio/client';
import type { Pool } from 'pg';
import { scheduledStartIds } from '../../core/keys.ts';
import type { ScheduledStart } from '../../core/schedule/start.ts';
import type { RunWorkflows } from '../runs/workflows.ts';
import { signalIfThere } from '../temporal/signal.ts';
import type { Inbox } from '../triggers/inbox.ts';
import { whoAsked } from './asks.ts';
import { scheduledKey } from './firings.ts';

interface OpenRun {
  id: string;
  pipeline: string;
  number: number;
  priority: number;
  submitted: boolean;
}

/** What the control worker does for the workflows that Schedules start. */
export interface ScheduledStarts {
  /** A time is a delivery of its Trigger, and counts once. */
  receive(start: ScheduledStart): Promise<void>;
  /** Whether what it started has all ended; `stop` stops what has not. */
  look(start: ScheduledStart, stop: boolean): Promise<boolean>;
  /** Tells whoever waits for the run's end, where the clock started it. */
  ended(runId: string): Promise<void>;
}

export function createScheduledStarts({
  pool,
  client,
  inbox,
  workflows,
}: {
  pool: Pool;
  client: Client;
  inbox: Inbox;
  workflows: Pick<RunWorkflows, 'signal' | 'startStopped'>;
}): ScheduledStarts {
  async function stopRun(run: OpenRun, by: string): Promise<void> {
    const isTold = await workflows.signal(run, 'stop', { by });
    if (!isTold && !run.submitted) await workflows.startStopped(run, by);
  }

  return {
    receive: async ({ trigger, at }) => {
      const scheduledAt = scheduledKey(new Date(at));
      await inbox.receive({
        trigger,
        source: 'schedule',
        key: scheduledAt,
        event: 'schedule',
        facts: { scheduled_at: scheduledAt },
        payload: '{}',
        sentBy: (await whoAsked(pool, trigger, scheduledAt)) ?? `schedule/${trigger}`,
      });
    },

    look: async ({ trigger, at }, stop) => {
      const { rows } = await pool.query<{ state: string; open: OpenRun[] }>({
        name: 'look-at-scheduled',
        text: `select d.state, coalesce((
            select json_agg(json_build_object('id', r.id, 'pipeline', r.pipeline, 'number', r.number, 'priority', r.priority,
              'submitted', r.submitted))
            from delivery_runs o join runs r on r.id = o."runId" where o."deliveryId" = d.id and r."endedAt" is null
          ), '[]') as open from deliveries d where d.trigger = $1 and d.key = $2`,
        values: [trigger, scheduledKey(new Date(at))],
      });
      const [{ state, open } = { state: 'dropped', open: [] }] = rows;
      if (stop) for (const run of open) await stopRun(run, `schedule/${trigger}`);
      return state !== 'pending' && open.length === 0;
    },

    ended: async (runId) => {
      const { rows } = await pool.query<{ trigger: string; key: string }>({
        name: 'scheduled-start-of',
        text: `select d.trigger, d.key from delivery_runs o join deliveries d on d.id = o."deliveryId"
          where o."runId" = $1 and d.source = 'schedule'`,
        values: [runId],
      });
      for (const { trigger, key } of rows) {
        await signalIfThere(client, `${scheduledStartIds(trigger)}-${key}`, 'scheduledRunEnded');
      }
    },
  };
}
