import type { PoolClient } from 'pg';
import { type Catalogue, checkDraft, type Samples, type SourceFile, tryPlan } from '../../core/language/index.ts';
import type { Plan } from '../../core/plan.ts';
import type { Database } from '../../prisma/database.ts';
import { allDefinitions } from '../../prisma/repositories/definitions.ts';
import { transaction } from '../../prisma/transaction.ts';
import { invalidFile } from './check.ts';
import { savePlans } from './save.ts';

export interface DraftOf {
  files: readonly SourceFile[];
  /** Which of those that the files define; absent: the only one. */
  name?: string | undefined;
  /** Path of the only Job that is to run, with what comes before it as `samples` say; absent: all run. */
  job?: string | undefined;
  samples: Samples;
}

/** What runs of files that are not saved, and how it becomes something that a run can name: in the transaction of that run. */
export interface Draft {
  name: string;
  plan: Plan;
  /** Id of the plan. */
  store(client: PoolClient): Promise<string>;
}

export function draftReader({ pool }: Pick<Database, 'pool'>, catalogue: Catalogue) {
  return async ({ files, name: wanted, job, samples }: DraftOf): Promise<Draft> => {
    const checked = checkDraft(files, wanted, await transaction(pool, allDefinitions), catalogue);
    if ('problems' in checked) throw invalidFile(checked.problems, 'tried');
    const { name } = checked;
    const plan = tryPlan(checked.plan, job, samples);
    return {
      name,
      plan,
      store: async (client) => (await savePlans(client, new Map([[name, plan]]), catalogue)).get(name) as string,
    };
  };
}
