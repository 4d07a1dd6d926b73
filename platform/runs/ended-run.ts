import { PalvellaError } from '../../core/errors.ts';
import { isFinal } from '../../core/status.ts';
import type { RunKey, RunRepository } from '../../prisma/repositories/runs.ts';

/**
 * A run that another takes over from. Until it has ended, what its Jobs stored may still be replaced, and two runs would
 * be at the same work.
 */
export async function endedRun(runs: Pick<RunRepository, 'find'>, run: string): Promise<RunKey> {
  const found = await runs.find(run);
  if (isFinal(found.status)) return found;
  throw new PalvellaError('conflict', `The run ${found.pipeline}/${found.number} has not ended yet.`, {
    remedy: 'Stop it, or wait for its end.',
  });
}
