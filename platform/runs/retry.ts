import type { Pool } from 'pg';
import type { RunSummary } from '../../core/api/objects.ts';
import { PalvellaError } from '../../core/errors.ts';
import { sentence } from '../../core/language/document.ts';
import { nearestHint } from '../../core/nearest.ts';
import { insertInherited, readGiven } from '../../prisma/repositories/inherited.ts';
import { insertRun, presentNameOf, readPlan } from '../../prisma/repositories/new-runs.ts';
import type { RunRepository } from '../../prisma/repositories/runs.ts';
import { transaction } from '../../prisma/transaction.ts';
import { endedRun } from './ended-run.ts';
import { handOver } from './hand-over.ts';
import { inheritedJobs } from './inherited-jobs.ts';
import { keyOf, keyTaken } from './start-key.ts';
import type { Submit } from './submit.ts';

export interface RetryRun {
  run: string;
  /** Path of a Job that is done again, with all after it. */
  from?: string | undefined;
  startedBy: string;
  idempotencyKey?: string | undefined;
}

export function createRetry({ pool, submit, runs }: { pool: Pool; submit: Submit['one']; runs: RunRepository }) {
  return async ({ run, from, startedBy, idempotencyKey }: RetryRun): Promise<RunSummary> => {
    const old = await endedRun(runs, run);
    const [{ jobs }, plan] = await Promise.all([runs.detail(old.id), readPlan(pool, old.planId)]);
    if (from !== undefined && !jobs.some(({ path }) => path === from)) {
      const paths = jobs.map(({ path }) => path);
      throw new PalvellaError(
        'not_found',
        sentence(`The run has no Job ${JSON.stringify(from)}${nearestHint(from, paths)}`),
      );
    }
    const inherited = inheritedJobs(plan, jobs, from);
    const made = await transaction(pool, async (client) => {
      const given = await readGiven(client, old.id);
      const inserted = await insertRun(client, {
        ...given,
        pipeline: await presentNameOf(client, old.pipeline),
        planId: old.planId,
        startedBy,
        priority: old.priority,
        from: { kind: 'retry', id: old.id, job: from ?? null },
        idempotencyKey: keyOf(startedBy, idempotencyKey),
      });
      const isSame = inserted.retryOfId === old.id && inserted.forkFrom === (from ?? null);
      if (!inserted.isNew && !isSame) throw keyTaken();
      const ranIn = { run: `${old.pipeline}/${old.number}`, version: given.version, parameters: {} };
      const taken = inherited.map((job) => ({ path: job.path, ranIn: job.ranIn ?? ranIn }));
      if (inserted.isNew) await insertInherited(client, { id: inserted.id, parentId: old.id }, taken);
      return inserted;
    });
    return await handOver(made, { submit, runs });
  };
}
