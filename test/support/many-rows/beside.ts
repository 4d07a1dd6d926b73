import { idAt, type Statement } from './sql.ts';

/** Locks of open runs: ten, of each one holder and those that wait for it. */
const holds = `
  insert into holds ("runId", "jobPath", "workflowId", wants, keys, rank, state, since, "settledAt", heard)
  select id, '', 'run-' || id, json_build_array(json_build_object('kind', 'lock', 'name', lock)), array['lock:' || lock], 3,
    case when place = 1 then 'granted' else 'waiting' end, queued, case when place = 1 then queued end, true
  from (
    select id, queued, lock, row_number() over (partition by lock order by queued) as place
    from (select id, queued, 'environment-' || (row_number() over (order by queued)) % 10 as lock
      from r where status in ('queued', 'running', 'waiting')) open
  ) placed`;

/** Somebody was told of each approval, and of each run that broke. */
const notifications = `
  insert into notifications (id, key, "runId", "approvalId", event, target, detail, state, attempts, "createdAt", "sentAt")
  select ${idAt('at')}, kind || '/' || id || '/0/slack', run, approval, kind, '{"slack": {"channel": "#deploys"}}', '{}', 'sent', 1, at, at
  from (
    select 'approval' as kind, id, "runId" as run, id as approval, "askedAt" as at from approvals
    union all select 'failed', id, id, null, ended from r where status in ('failed', 'errored', 'timed_out')
  ) told`;

const summaries = `
  insert into summaries ("runId", "jobPath", action, text, "writtenAt")
  select j.id, j.name, a.action->>'name', '## Deployed' || repeat(E'\\n- a part that was changed, and what became of it', 40), j.done
  from j cross join lateral jsonb_array_elements(j.job->'body'->'actions') with ordinality a(action, at)
  where j.name in ('deploy', 'only') and j.status = 'succeeded' and a.at = 1`;

/** What is written beside runs. */
export const beside: readonly Statement[] = [{ text: holds }, { text: notifications }, { text: summaries }];
