import { jobTokenMs } from '../../core/api/worker.ts';
import { PalvellaError } from '../../core/errors.ts';
import { type JobKey, jobKeyText } from '../../core/keys.ts';
import type { JobApi, WorkerApi } from './ports.ts';

/** A token is renewed this long before it ends. */
const renewMs = 60_000;

/** Another Worker has the Job. */
export class ClaimedElsewhere extends Error {
  readonly heldBy: string;
  constructor(heldBy: string) {
    super(`the Job is with the Worker ${heldBy}`);
    this.heldBy = heldBy;
  }
}

interface JobSession {
  api: JobApi;
  /** What the Job's Actions have leased so far: one may have left it in a file that a later one prints. */
  secrets: Set<string>;
}

/** Claims Jobs and keeps their tokens. */
export interface JobSessions {
  /** Resolves once this Worker has the Job; throws `ClaimedElsewhere`. */
  open(job: JobKey, signal: AbortSignal): Promise<JobSession>;
  forget(job: JobKey): void;
}

export function createJobSessions(api: WorkerApi, workerId: string): JobSessions {
  const sessions = new Map<string, JobSession & { token(signal?: AbortSignal): Promise<string> }>();

  function create(job: JobKey) {
    let current: { jobToken: string; renewAt: number } | undefined;
    let claiming: Promise<string> | undefined;

    async function claim(signal?: AbortSignal): Promise<string> {
      // By no clock on the wall: the API's may be another.
      const claimedAt = performance.now();
      const answer = await api.claim(job, workerId, signal);
      if ('heldBy' in answer) throw new ClaimedElsewhere(answer.heldBy);
      if ('draining' in answer) throw new PalvellaError('unavailable', 'this Worker takes no new Job: another may');
      current = { jobToken: answer.jobToken, renewAt: claimedAt + jobTokenMs - renewMs };
      return answer.jobToken;
    }

    async function token(signal?: AbortSignal, again = false): Promise<string> {
      if (!again && current !== undefined && performance.now() < current.renewAt) return current.jobToken;
      claiming ??= claim(signal).finally(() => {
        claiming = undefined;
      });
      return await claiming;
    }

    return { api: api.job((again) => token(undefined, again)), secrets: new Set<string>(), token };
  }

  return {
    async open(job, signal) {
      const id = jobKeyText(job);
      const session = sessions.get(id) ?? create(job);
      sessions.set(id, session);
      try {
        await session.token(signal);
      } catch (error) {
        sessions.delete(id);
        throw error;
      }
      return session;
    },
    forget(job) {
      sessions.delete(jobKeyText(job));
    },
  };
}
