import type { Pool } from 'pg';
import { PalvellaError } from '../../core/errors.ts';
import { findJob } from '../../core/find-job.ts';
import { CredentialSpec } from '../../core/language/schema-others.ts';
import { Plan } from '../../core/plan.ts';
import { savedSpec } from '../../prisma/repositories/definitions.ts';
import type { Audit } from '../audit/index.ts';
import type { GeneratedSecrets } from './generated.ts';
import { type CredentialName, credentialsNamed } from './named.ts';
import type { Sources } from './sources.ts';

export { createGeneratedSecrets, type GeneratedSecrets } from './generated.ts';
export { createSources } from './sources.ts';

interface LeaseFor {
  runId: string;
  jobPath: string;
  workerId: string;
  /** Name of the Worker's identity. */
  owner: string;
}

export interface Credentials {
  /** Values in the order asked for, of Credentials that the Job names in the run's plan. Each is written down, given or refused. */
  lease(names: readonly CredentialName[], to: LeaseFor): Promise<string[]>;
  /** The value of one, for the server's own use: it leaves neither process nor function. */
  value(name: CredentialName): Promise<string>;
}

export function createCredentials(deps: {
  pool: Pool;
  sources: Sources;
  generated: Pick<GeneratedSecrets, 'read'>;
  audit: Pick<Audit, 'record'>;
}): Credentials {
  const { pool, sources, generated, audit } = deps;

  async function namedByJob(runId: string, jobPath: string): Promise<{ run: string; named: CredentialName[] }> {
    const { rows } = await pool.query<{ run: string; body: unknown }>(
      `select r.pipeline || '/' || r.number as run, p.body from runs r join plans p on p.id = r."planId" where r.id = $1`,
      [runId],
    );
    const [found] = rows;
    if (found === undefined) throw new PalvellaError('not_found', `There is no run ${runId}.`);
    const job = findJob(Plan.parse(found.body), jobPath);
    return { run: found.run, named: job === undefined ? [] : credentialsNamed(job) };
  }

  async function valueOf({ name, property }: CredentialName): Promise<string> {
    const saved = await savedSpec(pool, 'Credential', name);
    if (saved === undefined) {
      throw new PalvellaError('credential_unavailable', `There is no Credential ${name}.`, {
        remedy: 'Save one of that name with palvella apply; its file says where each value is.',
      });
    }
    const { data } = CredentialSpec.parse(saved.spec);
    const properties = Object.keys(data).sort();
    const chosen = property ?? (properties.length === 1 ? properties[0] : undefined);
    const source = chosen !== undefined && Object.hasOwn(data, chosen) ? data[chosen] : undefined;
    if (chosen !== undefined && source !== undefined) {
      if (!('generated' in source)) return await sources.read(source);
      return await generated.read({ definitionId: saved.id, name, property: chosen });
    }
    const has = properties.length === 0 ? 'It has none.' : `It has ${properties.join(', ')}.`;
    const what = property === undefined ? 'several properties, and none is named' : `no property ${property}`;
    throw new PalvellaError('credential_unavailable', `The Credential ${name} has ${what}.`, {
      remedy: `${has} Write { from_credential: ${name}, property: … }.`,
    });
  }

  return {
    value: valueOf,
    async lease(names, { runId, jobPath, workerId, owner }) {
      const { run, named } = await namedByJob(runId, jobPath);
      const write = (wanted: CredentialName, refused?: string) =>
        audit.record({
          who: owner,
          method: 'credentialRead',
          what: wanted.property === undefined ? wanted.name : `${wanted.name}.${wanted.property}`,
          detail: { run, job: jobPath, worker: workerId, ...(refused === undefined ? {} : { refused }) },
        });
      const foreign = names.find((wanted) => !named.some((each) => isSame(each, wanted)));
      if (foreign !== undefined) {
        const refused = `The Job ${jobPath} of the run ${run} does not name the Credential ${foreign.name}${
          foreign.property === undefined ? '' : ` with the property ${foreign.property}`
        }.`;
        await write(foreign, refused);
        throw new PalvellaError('forbidden', refused);
      }
      const values = await Promise.all(names.map(valueOf));
      // Before it is given: what cannot be written down is not leased.
      for (const wanted of names) await write(wanted);
      return values;
    },
  };
}

function isSame(a: CredentialName, b: CredentialName): boolean {
  return a.name === b.name && a.property === b.property;
}
