import type { Pool } from 'pg';
import type { RunSummary } from '../../core/api/objects.ts';
import type { JsonObject } from '../../core/json.ts';
import { givenValues } from '../../core/language/given-values.ts';
import { defaultPriority } from '../../core/priority.ts';
import { tryName } from '../../core/tries.ts';
import { insertRun } from '../../prisma/repositories/new-runs.ts';
import type { RunRepository } from '../../prisma/repositories/runs.ts';
import { transaction } from '../../prisma/transaction.ts';
import { canonicalJson } from '../definitions/canonical.ts';
import type { Draft } from '../definitions/draft.ts';
import { handOver } from './hand-over.ts';
import { secretNames } from './start.ts';
import { keyOf, keyTaken } from './start-key.ts';
import type { Submit } from './submit.ts';

export interface TryRun {
  draft: Draft;
  parameters: JsonObject;
  trigger: JsonObject;
  startedBy: string;
  idempotencyKey?: string | undefined;
}

/** Of a plan that belongs to no version. */
const unsaved = 0;

export function createTry({ pool, submit, runs }: { pool: Pool; submit: Submit['one']; runs: RunRepository }) {
  return async ({ draft, parameters, trigger, startedBy, idempotencyKey }: TryRun): Promise<RunSummary> => {
    const { plan } = draft;
    const values = givenValues('parameter', plan.parameters, parameters);
    const run = await transaction(pool, async (client) => {
      const planId = await draft.store(client);
      const made = await insertRun(client, {
        pipeline: tryName(draft.name),
        version: unsaved,
        planId,
        uses: [],
        parameters: values,
        secretParameters: secretNames(plan.parameters),
        trigger,
        startedBy,
        priority: plan.priority ?? defaultPriority,
        idempotencyKey: keyOf(startedBy, idempotencyKey),
      });
      const isSame = made.planId === planId && canonicalJson(made.parameters) === canonicalJson(values);
      if (made.isNew || isSame) return made;
      throw keyTaken();
    });
    return await handOver(run, { submit, runs });
  };
}
