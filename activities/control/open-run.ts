import type { Pool } from 'pg';
import { PalvellaError } from '../../core/errors.ts';
import { findJob } from '../../core/find-job.ts';
import type { JsonObject } from '../../core/json.ts';
import type { OpenedRun } from '../../core/opened-run.ts';
import type { JobPlan, Plan } from '../../core/plan.ts';
import type { RunPart } from '../types.ts';
import { readJobs } from './read-jobs.ts';

interface RunRow {
  pipeline: string;
  number: number;
  parameters: JsonObject;
  trigger: JsonObject;
  startedBy: string;
  takesOver: boolean;
  plan: Plan;
}

/** What a run executes: the plan that its row names, whatever the workflow was started with. */
export async function readRun(pool: Pool, runId: string, part: RunPart | undefined): Promise<OpenedRun> {
  const { rows } = await pool.query<RunRow>({
    name: 'open-run',
    text: `select r.pipeline, r.number, r.parameters, r.trigger, r."startedBy", coalesce(r."retryOfId", r."forkOfId") is not null as "takesOver", p.body as plan
           from runs r join plans p on p.id = r."planId" where r.id = $1`,
    values: [runId],
  });
  const [row] = rows;
  if (row === undefined) throw new PalvellaError('not_found', `there is no run ${runId}`);
  const { takesOver, plan, ...run } = row;
  return {
    ...run,
    plan: part === undefined ? plan : { ...plan, jobs: partOf(plan.jobs, part) },
    inherited: part === undefined && takesOver ? await readJobs(pool, runId, 'inherited') : [],
  };
}

/** Jobs of one group. A group that `for_each` made is planned once for all of its kind. */
function partOf(jobs: JobPlan[], { group, jobs: names }: RunPart): JobPlan[] {
  const body = group === '' ? { kind: 'jobs' as const, jobs } : findJob({ jobs }, group)?.body;
  if (body?.kind !== 'jobs') throw new PalvellaError('internal', `there is no group ${group}`);
  const wanted = new Set(names);
  return body.jobs.filter(({ name }) => wanted.has(name));
}
