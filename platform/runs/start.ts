import type { Pool, PoolClient } from 'pg';
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
import { runUrl } from '../../core/run-url.ts';
import {
  type InsertedRun,
  insertRun,
  newestPlan,
  presentNameOf,
  runnableNames,
} from '../../prisma/repositories/new-runs.ts';
import type { RunRepository } from '../../prisma/repositories/runs.ts';
import { canonicalJson } from '../definitions/canonical.ts';
import { createPlanFacts } from './plan-facts.ts';
import { keyOf, keyTaken } from './start-key.ts';
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

/** A run that is written, with what it may be told at once when it is given to Temporal. */
export interface WrittenRun {
  run: InsertedRun;
  opened: OpenedRun | undefined;
}

/** The two steps of a start, for those who write something else with the run. */
export interface Starter {
  /** Within a transaction where `at` is one. What is wrong with the start is thrown before anything is written. */
  write(start: StartRun, at?: Pool | PoolClient): Promise<WrittenRun>;
  /** Once that is committed. Never throws: a sweep gives what this did not, which it answers. */
  give(written: WrittenRun): Promise<boolean>;
}

export function createStarter({ pool, submit }: { pool: Pool; submit: Submit['one'] }): Starter {
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

  return {
    write: async ({ name, parameters, startedBy, priority, idempotencyKey, trigger = {} }, at = pool) => {
      const newest = await newestPlan(pool, name);
      if (newest === undefined) {
        const names = await runnableNames(pool);
        throw new PalvellaError(
          'not_found',
          sentence(`There is no Pipeline ${JSON.stringify(name)}${nearestHint(name, names)}`),
        );
      }
      const known = await planOf(newest.planId);
      const run = await insertRun(at, {
        pipeline: newest.name,
        version: newest.version,
        planId: newest.planId,
        uses: newest.uses,
        parameters: givenValues('parameter', known.params, parameters),
        secretParameters: secretNames(known.params),
        trigger,
        startedBy,
        priority: priority ?? known.priority,
        idempotencyKey: keyOf(startedBy, idempotencyKey),
      });
      // Of a run that was there already, another request may have brought the trigger.
      if (run.isNew) return { run, opened: await openedOf(run, trigger) };
      const asked = checkParameters((await planOf(run.planId)).params, parameters);
      const isSame = 'values' in asked && canonicalJson(asked.values) === canonicalJson(run.parameters);
      const isOfName = (await presentNameOf(pool, run.pipeline)) === newest.name;
      if (isOfName && isSame && run.priority === (priority ?? run.priority)) return { run, opened: undefined };
      throw keyTaken();
    },
    give: async ({ run, opened }) => run.submitted || (await submit(run, opened)),
  };
}

export function createStart({
  starter,
  url,
  runs,
}: {
  starter: Starter;
  url: string;
  runs: Pick<RunRepository, 'summaries'>;
}) {
  return async (start: StartRun): Promise<RunSummary> => {
    const written = await starter.write(start);
    const summary = summaryOf(written.run, url);
    if (await starter.give(written)) return summary;
    // Read for what it waits for.
    return (await runs.summaries([summary.id]))[0] ?? summary;
  };
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
    url: runUrl(url, run),
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
