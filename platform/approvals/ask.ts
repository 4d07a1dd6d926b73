import type { Pool, PoolClient } from 'pg';
import type { JsonObject } from '../../core/json.ts';
import { listed } from '../../core/nearest.ts';
import { storableJson, storableText } from '../../prisma/storable.ts';
import { transaction } from '../../prisma/transaction.ts';
import { uuid7 } from '../../prisma/uuid7.ts';
import { holdShown, storedFiles } from './content.ts';
import { readTerms, type Terms } from './terms.ts';
import { writeAsked } from './timers.ts';

export interface NewApproval {
  runId: string;
  jobPath: string;
  jobAttempt: number;
  action: string;
  attempt?: number;
  prompt: string;
  roles: string[];
  quorum: number;
  expiresAt?: string;
  /** The whole input of the Action, as it was computed. */
  terms?: JsonObject;
}

/** The same request asked again is the same approval. Refused where it cannot be asked so, or what it shows is not there. */
export async function askApproval(
  pool: Pool,
  asked: NewApproval,
): Promise<{ approvalId: string } | { refused: string }> {
  const terms = readTerms(asked.terms ?? {});
  if (typeof terms === 'string') return { refused: terms };
  return transaction(pool, async (client) => {
    const there = new Set((await storedFiles(client, asked.runId, terms.shows)).map(({ key }) => key));
    const missing = terms.shows.filter((key) => !there.has(key));
    if (missing.length > 0) {
      return { refused: `The run has not stored ${listed(missing)}, which this approval is to show. Store it before.` };
    }
    const isNew = await insert(client, asked, terms);
    const { rows } = await client.query<{ id: string }>(
      `select id from approvals
       where "runId" = $1 and "jobPath" = $2 and "jobAttempt" = $3 and action = $4 and attempt = $5`,
      keyOf(asked),
    );
    const approvalId = rows[0]?.id as string;
    const { runId, prompt, roles } = await holdShown(client, approvalId);
    const about = { id: approvalId, runId, prompt, roles, notify: terms.notify ?? [], reminders: 0 };
    if (isNew) await writeAsked(client, 'waiting', about);
    return { approvalId };
  });
}

function keyOf({ runId, jobPath, jobAttempt, action, attempt = 1 }: NewApproval): unknown[] {
  return [runId, jobPath, jobAttempt, action, attempt];
}

async function insert(client: PoolClient, asked: NewApproval, terms: Terms): Promise<boolean> {
  const { prompt, roles, quorum, expiresAt } = asked;
  const { fields = [], notify = [], shows, notByRequester, remindEveryMs, escalation } = terms;
  const { rowCount } = await client.query(
    `insert into approvals (id, "runId", "jobPath", "jobAttempt", action, attempt, prompt, roles, quorum, "expiresAt",
       requesters, "notByRequester", fields, shows, notify, "remindEveryMs", "remindAt", escalation, "escalateAt")
     values ($6, $1, $2, $3, $4, $5, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16::bigint,
       now() + $16::bigint * interval '1 ms', $17, now() + $18::bigint * interval '1 ms')
     on conflict do nothing`,
    [
      ...keyOf(asked),
      uuid7(),
      storableText(prompt),
      roles.map(storableText),
      quorum,
      expiresAt ?? null,
      await requestersOf(client, asked.runId),
      notByRequester,
      storableJson(fields),
      shows,
      storableJson(notify),
      remindEveryMs ?? null,
      escalation === undefined ? null : storableJson(escalation),
      escalation?.afterMs ?? null,
    ],
  );
  return rowCount === 1;
}

/** What a run `r` leads to: who started it, what it repeats or forks, and the delivery that it came of. */
const origins = `r."startedBy", coalesce(r."retryOfId", r."forkOfId") as source, case
  when r.trigger->>'delivery' ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then (r.trigger->>'delivery')::uuid end as delivery`;

/** Who started the run or sent what started it, those whose run it repeats or forks, and those whose run started it. */
async function requestersOf(client: PoolClient, runId: string): Promise<string[]> {
  const { rows } = await client.query<{ startedBy: string }>(
    `with recursive chain as (
       select ${origins} from runs r where r.id = $1
       union
       select n.* from chain c cross join lateral (
         select ${origins} from runs r where r.id = c.source
         union all
         select ${origins} from runs r
           where r.pipeline = substring(c."startedBy" from '^run/(.+)/\\d{1,9}$')
             and r.number = substring(c."startedBy" from '^run/.+/(\\d{1,9})$')::int
         union all
         select d."sentBy", null, d."resendOf" from deliveries d where d.id = c.delivery
       ) n
     ) select distinct "startedBy" from chain order by "startedBy"`,
    [runId],
  );
  return rows.map(({ startedBy }) => startedBy);
}
