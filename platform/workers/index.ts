import { randomBytes } from 'node:crypto';
import type { Pool } from 'pg';
import type { WorkerInfo } from '../../core/api/objects.ts';
import {
  type ClaimAnswer,
  jobTokenMs,
  type WorkerHeartbeat,
  type WorkerHello,
  type WorkerOrders,
  type WorkerWelcome,
} from '../../core/api/worker.ts';
import { PalvellaError } from '../../core/errors.ts';
import type { JobKey } from '../../core/keys.ts';
import type { Settings } from '../settings/index.ts';
import { createClaims } from './claims.ts';
import { type JobGrant, readGrant, signGrant } from './job-token.ts';
import { jobsLeft, jobsOver } from './leftovers.ts';
import { queuesFor, type Requirement } from './queues.ts';
import { listWorkers } from './roster.ts';

export type { JobGrant } from './job-token.ts';

/** The Worker is to take no new Job. */
interface Draining {
  draining: true;
}

/** The server's side of Workers. `owner` is the name of the identity that a worker token stands for. */
export interface Workers {
  hello(hello: WorkerHello, owner: string): Promise<WorkerWelcome>;
  /** Throws `not_found` where the Worker must say hello first. */
  heartbeat(beat: WorkerHeartbeat, owner: string): Promise<WorkerOrders>;
  claim(job: JobKey, worker: { id: string; owner: string }): Promise<ClaimAnswer | { heldBy: string } | Draining>;
  /** What a Job's token grants to that identity; undefined where nothing. */
  grant(token: string, owner: string): Promise<JobGrant | undefined>;
  /** Whether the grant's Worker has the Job and the run still goes on. */
  holds(grant: JobGrant): Promise<boolean>;
  /** Whether the Worker takes new Jobs. From then on it claims none. */
  drain(id: string, draining: boolean): Promise<void>;
  list(): Promise<WorkerInfo[]>;
}

const heartbeatMs = 2_000;

/** A Worker's id is its first owner's, while that one's token is good. */
const ownerIsGone = `not exists (select from tokens t where t.kind = 'worker' and 'worker/' || t.name = workers.owner
  and (t."expiresAt" is null or t."expiresAt" > now()))`;

export function createWorkers({ pool, settings }: { pool: Pool; settings: Settings }): Workers {
  const claims = createClaims({ pool });
  let signingKey: Promise<string> | undefined;

  function key(): Promise<string> {
    signingKey ??= settings.getOrCreate('job-token-key', () => randomBytes(32).toString('base64url'));
    signingKey.catch(() => (signingKey = undefined));
    return signingKey;
  }

  async function queues(hello: WorkerHello): Promise<string[]> {
    const { rows } = await pool.query<Requirement>({
      name: 'requirement-queues',
      text: 'select queue, engine, requires from requirement_queues where engine = any($1) order by queue',
      values: [hello.engines.map(({ type }) => type)],
    });
    return queuesFor(hello, rows).map(({ queue }) => queue);
  }

  return {
    async hello(hello, owner) {
      const { rows } = await pool.query(
        `insert into workers (id, hello, owner) values ($1, $2, $3)
         on conflict (id) do update set hello = excluded.hello, owner = excluded.owner, stopping = false, running = 0,
           "seenAt" = now() where workers.owner = excluded.owner or ${ownerIsGone}
         returning id`,
        [hello.id, JSON.stringify(hello), owner],
      );
      if (rows.length === 0) throw another(hello.id);
      return { queues: await queues(hello), heartbeatMs };
    },

    async heartbeat({ id, running, stopping, held, strangers }, owner) {
      const { rows } = await pool.query<{ hello: WorkerHello; draining: boolean; mine: boolean }>({
        name: 'heartbeat',
        text: `with beat as (
            update workers set running = $2, stopping = $3, "seenAt" = now() where id = $1 and owner = $4 returning 1
          ) select hello, draining, exists (select from beat) as mine from workers where id = $1`,
        values: [id, running, stopping, owner],
      });
      const [worker] = rows;
      if (worker === undefined) throw new PalvellaError('not_found', `There is no Worker ${id}; say hello first.`);
      if (!worker.mine) throw another(id);
      const [wanted, over, left] = await Promise.all([
        queues(worker.hello),
        jobsOver(pool, held, id),
        jobsLeft(pool, strangers),
      ]);
      return { queues: wanted, teardown: [...over, ...left], draining: worker.draining };
    },

    async claim(job, worker) {
      const holder = await claims.claim(job, worker);
      if (holder === undefined) return { draining: true };
      if (holder !== worker.id) return { heldBy: holder };
      const expiresAt = Date.now() + jobTokenMs;
      const { runId, jobPath, jobAttempt } = job;
      const grant = { runId, jobPath, jobAttempt, workerId: worker.id, owner: worker.owner, expiresAt };
      return { jobToken: signGrant(grant, await key()), expiresAt: new Date(expiresAt).toISOString() };
    },

    async grant(token, owner) {
      const grant = readGrant(token, await key(), Date.now());
      return grant?.owner === owner ? grant : undefined;
    },

    holds: (grant) => claims.holds(grant, grant.workerId),

    async drain(id, draining) {
      const { rowCount } = await pool.query('update workers set draining = $2 where id = $1', [id, draining]);
      if (rowCount === 1) return;
      throw new PalvellaError('not_found', `There is no Worker ${id}.`, { remedy: 'palvella workers lists them.' });
    },

    list: () => listWorkers(pool),
  };
}

function another(id: string): PalvellaError {
  return new PalvellaError('forbidden', `The Worker ${id} came with another token.`, {
    remedy: 'Give this Worker an id of its own, or revoke the token that it had before.',
  });
}
