import type { RunDetail, RunSummary } from '../../core/api/objects.ts';
import type { Wait } from '../../core/run-state.ts';
import { isFinal } from '../../core/status.ts';
import { waitEnd } from '../../core/wait-end.ts';
import type { HoldLines } from '../holds/lines.ts';

/**
 * Says of what runs wait for what no history holds, as it changes without the run: who has a lock, and where in line the
 * run stands; and of every wait what would end it.
 */
export function createRunWaits(lines: Pick<HoldLines, 'waits'>) {
  const inLine = ({ status }: { status: RunSummary['status'] }) => !isFinal(status);

  return {
    ofSummaries: async (runs: RunSummary[]): Promise<RunSummary[]> => {
      const open = runs.filter(inLine).map(({ id }) => id);
      const waits = open.length === 0 ? new Map<string, Wait>() : await lines.waits(open);
      return runs.map((run) => withWait(run, summaryWait(run, waits)));
    },
    ofDetail: async (run: RunDetail): Promise<RunDetail> => {
      if (!inLine(run)) return run;
      const waits = await lines.waits([run.id]);
      const jobs = run.jobs.map((job) => withWait(job, waits.get(`${run.id} ${job.path}`) ?? job.wait));
      return { ...withWait(run, summaryWait(run, waits)), jobs };
    },
  };
}

/** Of the whole run, else the first of its Jobs that it is told of. */
function summaryWait({ id, wait }: RunSummary, waits: ReadonlyMap<string, Wait>): Wait | null {
  const own = waits.get(`${id} `);
  if (own !== undefined) return own;
  if (wait?.kind !== 'lock' && wait?.kind !== 'group') return wait;
  for (const [key, found] of waits) if (key.startsWith(`${id} `)) return found;
  return wait;
}

function withWait<Of extends { wait: Wait | null }>(of: Of, wait: Wait | null): Of {
  return wait === null ? of : { ...of, wait: { ...wait, endsWhen: waitEnd(wait) } };
}
