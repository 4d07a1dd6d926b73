import type { RunDetail, RunSummary } from '../../core/api/objects.ts';
import type { Pause } from '../../core/api/pause.ts';
import type { Wait } from '../../core/run-state.ts';
import { isFinal } from '../../core/status.ts';
import { waitEnd } from '../../core/wait-end.ts';
import type { HoldLines } from '../holds/lines.ts';

/**
 * Says of what runs wait for what no history holds, as it changes without the run: who has a lock, where in line the run
 * stands, who paused the server; and of every wait what would end it.
 */
export function createRunWaits(deps: { lines: Pick<HoldLines, 'waits'>; pause(): Promise<Pause | null> }) {
  async function known(runs: readonly RunSummary[]) {
    const ids = runs.filter(isOpen).map(({ id }) => id);
    if (ids.length === 0) return { waits: new Map<string, Wait>(), pause: null };
    const [waits, pause] = await Promise.all([deps.lines.waits(ids), deps.pause()]);
    return { waits, pause };
  }

  return {
    ofSummaries: async (runs: RunSummary[]): Promise<RunSummary[]> => {
      const { waits, pause } = await known(runs);
      return runs.map((run) => withWait(run, summaryWait(run, waits, pause), pause));
    },
    ofDetail: async (run: RunDetail): Promise<RunDetail> => {
      if (!isOpen(run)) return run;
      const { waits, pause } = await known([run]);
      const jobs = run.jobs.map((job) => withWait(job, waits.get(`${run.id} ${job.path}`) ?? job.wait, pause));
      return { ...withWait(run, summaryWait(run, waits, pause), pause), jobs };
    },
  };
}

function isOpen({ status }: RunSummary): boolean {
  return !isFinal(status);
}

/** Of the whole run, else the first of its Jobs that it is told of. */
function summaryWait(run: RunSummary, waits: ReadonlyMap<string, Wait>, pause: Pause | null): Wait | null {
  const { id, status, wait } = run;
  if (!isOpen(run)) return wait;
  const own = waits.get(`${id} `);
  if (own !== undefined) return own;
  if (wait === null) return status === 'queued' && pause !== null ? { kind: 'paused' } : null;
  if (wait.kind !== 'lock' && wait.kind !== 'group') return wait;
  for (const [key, found] of waits) if (key.startsWith(`${id} `)) return found;
  return wait;
}

function withWait<Of extends { wait: Wait | null }>(of: Of, wait: Wait | null, pause: Pause | null): Of {
  if (wait === null) return of;
  const more = wait.kind === 'paused' && pause !== null ? pause : {};
  return { ...of, wait: { ...wait, ...more, endsWhen: waitEnd(wait) } };
}
