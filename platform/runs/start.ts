import type { Pool } from 'pg';
import type { RunSummary } from '../../core/api/objects.ts';
import { PalvellaError } from '../../core/errors.ts';
import { shownParameters } from '../../core/hidden-parameters.ts';
import type { JsonObject } from '../../core/json.ts';
import { sentence } from '../../core/language/document.ts';
import { givenValues } from '../../core/language/given-values.ts';
import { checkParameters } from '../../core/language/index.ts';
import { nearestHint } from '../../core/nearest.ts';
import type { OpenedRun } from '../../core/opened-run.ts';
import type { Param, Plan } from '../../core/plan.ts';
import { defaultPriority } from '../../core/priority.ts';
import { type InsertedRun, insertRun, newestPlan, runnableNames } from '../../prisma/repositories/new-runs.ts';
import { canonicalJson } from '../definitions/canonical.ts';
import { createPlanFacts } from './plan-facts.ts';
import type { Submit } from './submit.ts';

export interface StartRun {
  /** Of a Pipeline, or of a Job or Action that is run directly. */
  name: string;
  parameters: JsonObject;
  /** Name of an identity. */
  startedBy: string;
  /** Instead of its Pipeline's own. */
  priority?: number | undefined;
  /** Two starts with one key by one identity are one run. */
  idempotencyKey?: string | undefined;
  /** `trigger.*` in expressions. */
  trigger?: JsonObject;
}

/** Characters of JSON. A larger run reads its plan when it begins, as histories have bounds. */
const largestGiven = 16 * 1024;

interface KnownPlan {
  params: Param[];
  priority: number;
  /** Undefined where it is too large to be given to a run at its start. */
  small: Plan | undefined;
}

export function createStart({ pool, submit, url }: { pool: Pool; submit: Submit['one']; url: string }) {
  const planOf = createPlanFacts<KnownPlan>(pool, (plan) => ({
    params: plan.parameters,
    priority: plan.priority ?? defaultPriority,
    small: JSON.stringify(plan).length <= largestGiven ? plan : undefined,
  }));

  async function openedOf(run: InsertedRun, trigger: JsonObject): Promise<OpenedRun | undefined> {
    const { small: plan } = await planOf(run.planId);
    const { pipeline, number, parameters, startedBy } = run;
    if (plan === undefined || JSON.stringify([parameters, trigger]).length > largestGiven) return undefined;
    return { pipeline, number, plan, parameters, trigger, startedBy, inherited: [] };
  }

  return async ({
    name,
    parameters,
    startedBy,
    priority,
    idempotencyKey,
    trigger = {},
  }: StartRun): Promise<RunSummary> => {
    const newest = await newestPlan(pool, name);
    if (newest === undefined) {
      const names = await runnableNames(pool);
      throw new PalvellaError(
        'not_found',
        sentence(`There is no Pipeline ${JSON.stringify(name)}${nearestHint(name, names)}`),
      );
    }
    const known = await planOf(newest.planId);
    const run = await insertRun(pool, {
      pipeline: name,
      ...newest,
      parameters: givenValues('parameter', known.params, parameters),
      secretParameters: secretNames(known.params),
      trigger,
      startedBy,
      priority: priority ?? known.priority,
      idempotencyKey: keyOf(startedBy, idempotencyKey),
    });
    if (!run.isNew) {
      const asked = checkParameters((await planOf(run.planId)).params, parameters);
      const isSame = 'values' in asked && canonicalJson(asked.values) === canonicalJson(run.parameters);
      if (run.pipeline !== name || !isSame || run.priority !== (priority ?? run.priority)) {
        throw new PalvellaError('conflict', 'This idempotency key started another run already.', {
          remedy: 'Use a new key for each run.',
        });
      }
    }
    // Of a run that was there already, another request may have brought the trigger.
    const opened = run.isNew ? await openedOf(run, trigger) : undefined;
    if (!run.submitted) await submit(run, opened);
    return summaryOf(run, url);
  };
}

/** A line end is in no name and no header, so that no two keys become one. */
export function keyOf(startedBy: string, idempotencyKey: string | undefined): string | null {
  return idempotencyKey === undefined ? null : `${startedBy}\n${idempotencyKey}`;
}

export function secretNames(params: readonly Param[]): string[] {
  return params.filter(({ secret }) => secret === true).map(({ name }) => name);
}

function summaryOf(run: InsertedRun, url: string): RunSummary {
  return {
    id: run.id,
    number: run.number,
    pipeline: run.pipeline,
    status: run.status,
    url: `${url}/runs/${encodeURIComponent(run.pipeline)}/${run.number}`,
    reason: run.reason,
    version: run.version,
    parameters: shownParameters(run.parameters, run.secretParameters),
    startedBy: run.startedBy,
    priority: run.priority,
    retryOf: null,
    forkOf: null,
    forkFrom: null,
    queuedAt: run.queuedAt.toISOString(),
    startedAt: run.startedAt?.toISOString() ?? null,
    endedAt: run.endedAt?.toISOString() ?? null,
    wait: null,
  };
}
