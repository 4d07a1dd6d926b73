import type { RunDetail, RunSummary } from '../../core/api/objects.ts';
import type { Pause } from '../../core/api/pause.ts';
import type { Wait } from '../../core/run-state.ts';
import { isFinal } from '../../core/status.ts';
import { waitEnd } from '../../core/wait-end.ts';
import type { HoldLines } from '../holds/lines.ts';

/** What is told of waits beside what the runs tell. */
interface Known {
  pause: Pause | null;
  /** Of approvals, by id. */
  roles: ReadonlyMap<string, string[]>;
}

/**
 * Says of what runs wait for what no history holds, as it changes without the run: who has a lock, where in line the run
 * stands, who paused the server, whom an escalation lets decide; and of every wait what would end it.
 */
export function createRunWaits(deps: {
  lines: Pick<HoldLines, 'waits'>;
  pause(): Promise<Pause | null>;
  roles(waits: readonly (Wait | null)[]): Promise<Known['roles']>;
}) {
  async function known(runs: readonly RunSummary[], told: readonly (Wait | null)[]) {
    const ids = runs.filter(isOpen).map(({ id }) => id);
    if (ids.length === 0) return { waits: new Map<string, Wait>(), pause: null, roles: new Map<string, string[]>() };
    const [waits, pause, roles] = await Promise.all([deps.lines.waits(ids), deps.pause(), deps.roles(told)]);
    return { waits, pause, roles };
  }

  return {
    ofSummaries: async (runs: RunSummary[]): Promise<RunSummary[]> => {
      const told = runs.filter(isOpen).map(({ wait }) => wait);
      const { waits, ...more } = await known(runs, told);
      return runs.map((run) => withWait(run, summaryWait(run, waits, more.pause), more));
    },
    ofDetail: async (run: RunDetail): Promise<RunDetail> => {
      if (!isOpen(run)) return run;
      const told = [run, ...run.jobs].map(({ wait }) => wait);
      const { waits, ...more } = await known([run], told);
      const jobs = run.jobs.map((job) => withWait(job, waits.get(`${run.id} ${job.path}`) ?? job.wait, more));
      return { ...withWait(run, summaryWait(run, waits, more.pause), more), jobs };
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

function withWait<Of extends { wait: Wait | null }>(of: Of, wait: Wait | null, known: Known): Of {
  if (wait === null) return of;
  const now = nowOf(wait, known);
  return { ...of, wait: { ...now, endsWhen: waitEnd(now) } };
}

function nowOf(wait: Wait, { pause, roles }: Known): Wait {
  if (wait.kind === 'paused') return { ...wait, ...pause };
  if (wait.kind === 'approval') return { ...wait, roles: roles.get(wait.approvalId) ?? wait.roles };
  return wait;
}
