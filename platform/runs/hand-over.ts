import type { RunSummary } from '../../core/api/objects.ts';
import type { InsertedRun } from '../../prisma/repositories/new-runs.ts';
import type { RunRepository } from '../../prisma/repositories/runs.ts';
import type { Submit } from './submit.ts';

/** Gives Temporal a run that is written and committed; answers what it is then. */
export async function handOver(
  made: InsertedRun,
  { submit, runs }: { submit: Submit['one']; runs: Pick<RunRepository, 'summaries'> },
): Promise<RunSummary> {
  if (!made.submitted) await submit(made);
  return (await runs.summaries([made.id]))[0] as RunSummary;
}
