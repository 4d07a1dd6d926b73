import type { Pool } from 'pg';
import type { OpenedRun } from '../../core/opened-run.ts';
import { endUnstarted, markSubmitted, unsubmitted } from '../../prisma/repositories/new-runs.ts';
import { transaction } from '../../prisma/transaction.ts';
import { createPlace } from '../holds/place.ts';
import { createPause } from '../pause/index.ts';
import { createRunEnd } from '../run-state/run-end.ts';
import type { RunWorkflows } from './workflows.ts';

export type Warn = (message: string, error: unknown) => void;

interface Submitted {
  id: string;
  pipeline: string;
  number: number;
  planId: string;
  priority: number;
}

export interface Submit {
  /** Never throws: what could not be given to Temporal now, which it answers, is given by a sweep. */
  one(run: Submitted, opened?: OpenedRun): Promise<boolean>;
  pending(): Promise<number>;
}

/** Whoever inserted a younger one is at it. */
const graceSeconds = 10;
const mostAtOnce = 200;

function taken({ pipeline, number }: Submitted): string {
  return `Temporal has another run ${pipeline}/${number}: two Palvellas share a namespace. Give each its own by TEMPORAL_NAMESPACE.`;
}

export function createSubmit({
  pool,
  workflows,
  warn,
}: {
  pool: Pool;
  workflows: Pick<RunWorkflows, 'start' | 'signal'>;
  warn: Warn;
}): Submit {
  const place = createPlace({ pool });
  const pause = createPause({ pool, workflows });
  const tellEnd = createRunEnd({ pool });
  const end = (run: Submitted) =>
    transaction(pool, async (client) => {
      if (await endUnstarted(client, run.id, taken(run))) await tellEnd(client, run.id);
    });
  const give = async (run: Submitted, opened?: OpenedRun): Promise<boolean> => {
    try {
      // It stays as it is written until a sweep finds that the pause is over.
      if ((await pause.read()) !== null) return false;
      await place(run);
      if (!(await workflows.start(run, opened))) await end(run);
    } catch (error) {
      warn(`${run.pipeline}/${run.number} was not given to Temporal; it is tried again`, error);
      return false;
    }
    // Not waited for: a start that is not marked is made again, and finds itself done.
    markSubmitted(pool, run.id).catch(() => {});
    return true;
  };
  return {
    one: give,
    pending: async () => {
      let taken = 0;
      for (const run of await unsubmitted(pool, graceSeconds, mostAtOnce)) {
        if (!(await give(run))) break;
        taken += 1;
      }
      return taken;
    },
  };
}
