import type { Pool, PoolClient } from 'pg';
import { transaction } from '../../prisma/transaction.ts';
import { notify } from '../events/notify.ts';
import { type Target, waitingTargets, writeNews } from '../notifications/write.ts';

interface DueRow {
  id: string;
  runId: string;
  prompt: string;
  roles: string[];
  notify: Target[];
  reminders: number;
  escalation: { roles?: string[]; notify?: Target[] } | null;
  pipeline: string;
}

const returned = `a.id, a."runId", a.prompt, a.roles, a.notify, a.reminders, a.escalation,
  (select pipeline from runs where id = a."runId") as pipeline`;
const mostAtOnce = 200;

/** Tells that an approval waits. */
export async function writeAsked(
  client: PoolClient,
  event: 'waiting' | 'reminder' | 'escalated',
  { id, runId, prompt, roles, notify, reminders }: Omit<DueRow, 'escalation' | 'pipeline'>,
): Promise<void> {
  const targets = notify.length > 0 ? notify : (await waitingTargets(client, [runId])).get(runId);
  const key = `approval/${id}/${event}/${reminders}`;
  await writeNews(client, { key, runId, event, targets: targets ?? [], approvalId: id, detail: { prompt, roles } });
}

/**
 * Writes the reminders that are due, one of each approval however many were missed, and escalates what has waited for
 * too long. Answers with how many approvals that were.
 */
export async function sweepTimers(pool: Pool): Promise<number> {
  return transaction(pool, async (client) => {
    const reminded = await client.query<DueRow>(
      `update approvals a set reminders = reminders + 1,
         "remindAt" = "remindAt" + "remindEveryMs" * interval '1 ms' *
           (1 + floor(extract(epoch from now() - "remindAt") * 1000 / "remindEveryMs"))
       where id in (select id from approvals where state = 'pending' and "remindAt" <= now()
         order by "remindAt" limit $1 for update skip locked) returning ${returned}`,
      [mostAtOnce],
    );
    for (const row of reminded.rows) await writeAsked(client, 'reminder', row);
    const escalated = await client.query<DueRow>(
      `update approvals a set "escalateAt" = null, roles = array(select distinct role from unnest(roles ||
           array(select jsonb_array_elements_text(coalesce(escalation->'roles', '[]')))) as role order by role)
       where id in (select id from approvals where state = 'pending' and "escalateAt" <= now()
         order by "escalateAt" limit $1 for update skip locked) returning ${returned}`,
      [mostAtOnce],
    );
    for (const row of escalated.rows) {
      await writeAsked(client, 'escalated', { ...row, notify: row.escalation?.notify ?? row.notify });
      // Whoever looks at the run sees who may decide now.
      await notify(client, { kind: 'run', run: row.runId, pipeline: row.pipeline });
    }
    return reminded.rows.length + escalated.rows.length;
  });
}
