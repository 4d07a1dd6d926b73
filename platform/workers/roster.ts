import type { Pool } from 'pg';
import type { WorkerInfo } from '../../core/api/objects.ts';
import type { WorkerHello } from '../../core/api/worker.ts';
import { queuesFor, type Requirement } from './queues.ts';

/** Without a heartbeat for so long a Worker counts as lost. */
export const lostSeconds = 30;
const mostWorkers = 1_000;
const mostJobs = 100;

export type KnownWorker = WorkerHello & Pick<WorkerInfo, 'running' | 'state' | 'draining' | 'seenAt'>;

/** All Workers that ever came, those that are there first. */
export async function knownWorkers(pool: Pool): Promise<KnownWorker[]> {
  const { rows } = await pool.query<{
    hello: WorkerHello;
    running: number;
    stopping: boolean;
    draining: boolean;
    lost: boolean;
    seenAt: Date;
  }>({
    name: 'known-workers',
    text: `select hello, running, stopping, draining, "seenAt" < now() - make_interval(secs => $1) as lost, "seenAt"
      from workers order by stopping or "seenAt" < now() - make_interval(secs => $1), id limit $2`,
    values: [lostSeconds, mostWorkers],
  });
  return rows.map(({ hello, running, stopping, draining, lost, seenAt }) => ({
    ...hello,
    running: lost || stopping ? 0 : running,
    state: stopping ? 'stopped' : lost ? 'lost' : 'alive',
    draining,
    seenAt: seenAt.toISOString(),
  }));
}

export async function listWorkers(pool: Pool): Promise<WorkerInfo[]> {
  const [workers, jobs, wanted] = await Promise.all([knownWorkers(pool), openJobs(pool), requirements(pool)]);
  return workers.map((worker) => {
    const own = jobs.get(worker.id) ?? [];
    return {
      ...worker,
      drained: worker.draining && own.length === 0 && worker.running === 0,
      jobs: own.slice(0, mostJobs).map(({ job }) => job),
      serves: queuesFor(worker, wanted).map(({ engine, requires }) => ({ engine, requires })),
    };
  });
}

interface OpenJob {
  workerId: string;
  job: WorkerInfo['jobs'][number];
}

/** Jobs that have not ended, by the Worker that has their newest try. */
async function openJobs(pool: Pool): Promise<Map<string, OpenJob[]>> {
  const { rows } = await pool.query<OpenJob>({
    name: 'open-jobs',
    text: `select c."workerId",
        json_build_object('runId', r.id, 'pipeline', r.pipeline, 'number', r.number, 'path', j.path) as job
      from runs r join job_runs j on j."runId" = r.id
        join claims c on c."runId" = r.id and c."jobPath" = j.path and c."jobAttempt" = (j.state->>'attempt')::int
      where r.status in ('queued', 'running', 'waiting') and j.status in ('queued', 'running', 'waiting')
      order by r."queuedAt", j.position`,
  });
  return Map.groupBy(rows, ({ workerId }) => workerId);
}

async function requirements(pool: Pool): Promise<Requirement[]> {
  const { rows } = await pool.query<Requirement>({
    name: 'all-requirements',
    text: 'select queue, engine, requires from requirement_queues order by queue',
  });
  return rows;
}
