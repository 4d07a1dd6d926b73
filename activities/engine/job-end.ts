import { type JobKey, jobKeyText } from '../../core/keys.ts';
import type { JobSessions } from './job-sessions.ts';
import type { EngineActivityDeps } from './ports.ts';
import type { Records } from './records.ts';

/** What is done for a Job after its Actions, without holding them up. */
export interface JobEnd {
  /** Work that must be done before the Job's folder goes. */
  behind(job: JobKey, work: Promise<void>): void;
  teardownSoon(job: JobKey, engineType: string): void;
  teardown(job: JobKey, engineType: string): Promise<void>;
  /** The API's word that the Job is over: all that is left of it goes, on every Engine. */
  letGo(job: JobKey): Promise<void>;
  settle(): Promise<void>;
}

export function createJobEnd(parts: { deps: EngineActivityDeps; records: Records; sessions: JobSessions }): JobEnd {
  const { deps } = parts;
  const pending = new Map<string, Promise<unknown>>();

  function add(job: JobKey, work: Promise<void>): Promise<void> {
    const id = jobKeyText(job);
    const safe = work.catch((error: unknown) => deps.warn(`the Job ${id} was not left in order`, error));
    const all = Promise.all([pending.get(id), safe]).then(() => {
      if (pending.get(id) === all) pending.delete(id);
    });
    pending.set(id, all);
    return all;
  }

  async function teardown(job: JobKey, engineType: string): Promise<void> {
    await pending.get(jobKeyText(job));
    await (await deps.plugins.engine(engineType)).teardown(job);
    parts.sessions.forget(job);
  }

  return {
    behind(job, work) {
      void add(job, work);
    },
    teardownSoon(job, engineType) {
      void add(job, teardown(job, engineType));
    },
    teardown,
    async letGo(job) {
      for (const engine of await deps.plugins.engines()) await engine.teardown(job);
      await parts.records.forget(job);
      parts.sessions.forget(job);
    },
    async settle() {
      await Promise.all(pending.values());
    },
  };
}
