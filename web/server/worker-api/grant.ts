import type { Context } from 'hono';
import { claimAgain, jobTokenHeader } from '../../../core/api/worker.ts';
import { PalvellaError } from '../../../core/errors.ts';
import { type JobKey, jobKeyText } from '../../../core/keys.ts';
import type { Identity } from '../../../core/permissions.ts';
import type { Audit } from '../../../platform/audit/index.ts';
import type { JobGrant, Workers } from '../../../platform/workers/index.ts';

export interface Grants {
  /** Name of the Worker's identity; refuses who is none. */
  owner(identity: Identity): string;
  /** The Job whose token came with the request. */
  job(call: { identity: Identity; context: Context }): Promise<JobGrant>;
  /** As above, while that Job is still the Worker's and its run goes on. */
  openJob(call: { identity: Identity; context: Context }): Promise<JobGrant>;
  /** Refuses what is said about another Job. */
  own(grant: JobGrant, job: JobKey): Promise<void>;
}

export function createGrants({ workers, audit }: { workers: Workers; audit: Pick<Audit, 'record'> }): Grants {
  async function refuse(who: string, what: string, message: string, remedy?: string): Promise<never> {
    await audit.record({ who, method: 'workerServe', what, detail: { refused: message } });
    throw new PalvellaError('forbidden', message, remedy === undefined ? {} : { remedy });
  }

  function owner({ kind, name }: Identity): string {
    if (kind === 'worker') return name;
    throw new PalvellaError('forbidden', 'This is for Workers.', { remedy: 'Use a token made for a Worker.' });
  }

  async function job({ identity, context }: { identity: Identity; context: Context }): Promise<JobGrant> {
    const who = owner(identity);
    const token = context.req.header(jobTokenHeader);
    const grant = token === undefined || token.length > 8000 ? undefined : await workers.grant(token, who);
    return (
      grant ??
      (await refuse(
        who,
        `${context.req.method} ${context.req.path}`,
        'This needs the token of a Job that this Worker has claimed, and that is not older than an hour.',
        claimAgain,
      ))
    );
  }

  return {
    owner,
    job,
    async openJob(call) {
      const grant = await job(call);
      if (await workers.holds(grant)) return grant;
      return await refuse(
        grant.owner,
        jobKeyText(grant),
        `The Job ${jobKeyText(grant)} is not this Worker's any more, or its run has ended.`,
      );
    },
    async own(grant, { runId, jobPath, jobAttempt }) {
      if (runId === grant.runId && jobPath === grant.jobPath && jobAttempt === grant.jobAttempt) return;
      const what = jobKeyText({ runId, jobPath, jobAttempt });
      await refuse(grant.owner, what, `The token is for the Job ${jobKeyText(grant)}, not for ${what}.`);
    },
  };
}
