import type { Pool } from 'pg';
import type { Pause } from '../../core/api/pause.ts';
import { pausedRuns } from '../../prisma/repositories/paused-runs.ts';
import type { RunWorkflows } from '../runs/workflows.ts';

/**
 * The pause of the whole server: a row. What is started meanwhile is written and not given to Temporal; runs that go on
 * are told, again until they were, and begin no further Job.
 */
export interface Pauses {
  read(): Promise<Pause | null>;
  /** Another pause takes the place of the one before. */
  pause(by: string, note: string): Promise<Pause>;
  resume(): Promise<void>;
  /** Whether there is one, for a run: where it finds one it is told when that is over. */
  look(runId: string): Promise<boolean>;
  /** Tells runs that do not know yet that there is a pause, or that it is over. */
  tell(): Promise<void>;
}

const name = 'pause';
const mostAtOnce = 500;

export function createPause({ pool, workflows }: { pool: Pool; workflows: Pick<RunWorkflows, 'signal'> }): Pauses {
  const runs = pausedRuns(pool);

  async function read(): Promise<Pause | null> {
    const { rows } = await pool.query<{ value: Pause }>({
      name: 'read-pause',
      text: 'select value from settings where name = $1',
      values: [name],
    });
    return rows[0]?.value ?? null;
  }

  return {
    read,
    pause: async (by, note) => {
      const pause = { by, since: new Date().toISOString(), note };
      await pool.query(
        'insert into settings (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value',
        [name, JSON.stringify(pause)],
      );
      return pause;
    },
    resume: async () => {
      await pool.query('delete from settings where name = $1', [name]);
    },
    look: async (runId) => {
      const found = (await read()) !== null;
      if (found) await runs.looked(runId);
      return found;
    },
    tell: async () => {
      const pause = await read();
      if (pause === null) {
        for (const run of await runs.aware(mostAtOnce)) {
          await workflows.signal(run, 'pauseChanged', {});
          await runs.remove(run);
        }
        return;
      }
      for (const run of await runs.unaware(pause.since, mostAtOnce)) {
        await workflows.signal(run, 'pauseChanged', {});
        await runs.add(run.id, pause.since);
      }
    },
  };
}
