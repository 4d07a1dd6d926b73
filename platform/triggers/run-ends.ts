import type { PoolClient } from 'pg';
import { shownParameters } from '../../core/hidden-parameters.ts';
import type { JsonObject } from '../../core/json.ts';
import { newestVersions, presentName } from '../../prisma/repositories/definitions.ts';
import { type Facts, noFacts } from './facts.ts';
import type { Inbox } from './inbox.ts';

interface EndedRun {
  triggers: string[];
  pipeline: string;
  number: number;
  status: string;
  reason: string | null;
  startedBy: string;
  parameters: JsonObject;
  secretParameters: string[];
  trigger: JsonObject;
  chain: number;
}

/**
 * Sends the end of a run to the Triggers that look for it, in the transaction that writes that end. `chain` counts the
 * Pipelines that came about so one after the other, those between that an Action started not counted.
 */
export async function sendRunEnd(client: PoolClient, inbox: Inbox, runId: string): Promise<void> {
  const { rows } = await client.query<EndedRun>({
    name: 'run-end',
    text: `with ended as materialized (
        select r.id, r.status, ${presentName('r.pipeline')} as pipeline from runs r where r.id = $1
      ), looking as (
        select r.id, array_agg(d.name order by d.name) as triggers from ended r
        join (${newestVersions}) on d.kind = 'Trigger'
        where v.spec->'after'->>'pipeline' = r.pipeline
          and coalesce(v.spec->'after'->'status', '["succeeded"]') ? r.status
        group by r.id
      )
      select l.triggers, r.pipeline, r.number, r.status, r.reason, r."startedBy", r.parameters, r."secretParameters", r.trigger,
        (with recursive up as (
            select r.trigger, 0 as hops
            union all select p.trigger, hops + 1 from up join runs p
              on p.id = case when up.trigger->>'kind' = 'run' then (up.trigger->>'run')::uuid end where hops < 50
          ) select 1 + coalesce(max((up.trigger->>'chain')::int), 0) from up) as chain
      from looking l join runs r on r.id = l.id`,
    values: [runId],
  });
  const [run] = rows;
  if (run === undefined) return;
  const { triggers, pipeline, number, status, reason, startedBy, trigger, chain } = run;
  const { name = null, source = null, event = null, delivery = null } = trigger;
  const payload = JSON.stringify({
    run: runId,
    pipeline,
    number,
    status,
    reason,
    startedBy,
    parameters: shownParameters(run.parameters, run.secretParameters),
    trigger: name === null ? null : { name, source, event, delivery },
  });
  const facts = { ...factsOf(trigger), action: status, chain };
  const sentBy = `run/${pipeline}/${number}`;
  for (const looking of triggers) {
    const delivery = { trigger: looking, source: 'after', key: runId, event: 'ended', facts, payload, sentBy } as const;
    await inbox.receive(delivery, client);
  }
}

/** What began it is what it goes on about: the branch, the commit, and whether it comes from a fork. */
function factsOf(trigger: JsonObject): JsonObject {
  const names = Object.keys(noFacts) as (keyof Facts)[];
  return Object.fromEntries(names.map((name) => [name, trigger[name] ?? null]));
}
