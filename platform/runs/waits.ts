import type { RunDetail, RunSummary } from '../../core/api/objects.ts';
import type { Pause } from '../../core/api/pause.ts';
import type { Wait } from '../../core/run-state.ts';
import { isFinal } from '../../core/status.ts';
import { waitEnd } from '../../core/wait-end.ts';
import type { HoldLines } from '../holds/lines.ts';
import { withJobWaits } from './job-waits.ts';
import type { WorkerLine } from './worker-line.ts';

/** What is told of waits beside what the runs tell. */
interface Known {
  pause: Pause | null;
  /** Of approvals, by id. */
  roles: ReadonlyMap<string, string[]>;
  workers: WorkerLine;
}

/**
 * Says of what runs wait for what no history holds, as it changes without the run: who has a lock, where in line the run
 * stands, for a Worker too, who paused the server, whom an escalation lets decide; and of every wait what would end it.
 */
export function createRunWaits(deps: {
  lines: Pick<HoldLines, 'waits'>;
  pause(): Promise<Pause | null>;
  roles(waits: readonly (Wait | null)[]): Promise<Known['roles']>;
  workers(runIds: readonly string[]): Promise<WorkerLine>;
}) {
  async function known(runs: readonly RunSummary[], told: readonly (Wait | null)[]) {
    const ids = runs.filter(isOpen).map(({ id }) => id);
    if (ids.length === 0) return { waits: new Map<string, Wait>(), ...nothing };
    const asks = told.some((wait) => wait?.kind === 'worker');
    const [waits, pause, roles, workers] = await Promise.all([
      deps.lines.waits(ids),
      deps.pause(),
      deps.roles(told),
      asks ? deps.workers(ids) : nothing.workers,
    ]);
    return { waits, pause, roles, workers };
  }

  return {
    ofSummaries: async (runs: RunSummary[]): Promise<RunSummary[]> => {
      const told = runs.filter(isOpen).map(({ wait }) => wait);
      const { waits, ...more } = await known(runs, told);
      return runs.map((run) => withWait(run, run.id, summaryWait(run, waits, more.pause), more));
    },
    ofDetail: async (run: RunDetail): Promise<RunDetail> => {
      if (!isOpen(run)) return run;
      const told = [run, ...run.jobs].map(({ wait }) => wait);
      const { waits, ...more } = await known([run], told);
      const summary = withWait(run, run.id, summaryWait(run, waits, more.pause), more);
      const held = run.jobs.map((job) => ({ ...job, wait: waits.get(`${run.id} ${job.path}`) ?? job.wait }));
      const { jobs } = withJobWaits({ ...run, jobs: held });
      return { ...summary, jobs: jobs.map((job) => withWait(job, `${run.id} ${job.path}`, job.wait, more)) };
    },
  };
}

const nothing: Known = { pause: null, roles: new Map(), workers: new Map() };

function isOpen({ status }: RunSummary): boolean {
  return !isFinal(status);
}

/** Of the whole run, else the first of its Jobs that it is told of. */
function summaryWait(run: RunSummary, waits: ReadonlyMap<string, Wait>, pause: Pause | null): Wait | null {
  const { id, status, wait } = run;
  if (!isOpen(run)) return wait;
  const own = waits.get(`${id} `);
  if (own !== undefined) return own;
  if (wait === null || wait.kind === 'temporal') {
    return status === 'queued' && pause !== null ? { kind: 'paused' } : wait;
  }
  if (wait.kind !== 'lock' && wait.kind !== 'group') return wait;
  for (const [key, found] of waits) if (key.startsWith(`${id} `)) return found;
  return wait;
}

/** `key`: what the line for Workers has it under. */
function withWait<Of extends { wait: Wait | null }>(of: Of, key: string, wait: Wait | null, known: Known): Of {
  if (wait === null) return of;
  const now = nowOf(wait, key, known);
  return { ...of, wait: { ...now, endsWhen: waitEnd(now) } };
}

function nowOf(wait: Wait, key: string, { pause, roles, workers }: Known): Wait {
  if (wait.kind === 'paused') return { ...wait, ...pause };
  if (wait.kind === 'approval') return { ...wait, roles: roles.get(wait.approvalId) ?? wait.roles };
  if (wait.kind === 'worker') {
    const position = workers.get(key);
    return position === undefined ? wait : { ...wait, position };
  }
  return wait;
}
