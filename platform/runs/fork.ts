import type { Pool, PoolClient } from 'pg';
import type { ForkPlan, ForkVersion } from '../../core/api/forks.ts';
import type { RunSummary } from '../../core/api/objects.ts';
import { PalvellaError, type Problem, problemWith } from '../../core/errors.ts';
import { shownParameters } from '../../core/hidden-parameters.ts';
import type { JsonObject } from '../../core/json.ts';
import { givenValues } from '../../core/language/given-values.ts';
import { listed } from '../../core/nearest.ts';
import type { Plan } from '../../core/plan.ts';
import type { RanIn } from '../../core/run-state.ts';
import { insertInherited, readGiven } from '../../prisma/repositories/inherited.ts';
import {
  type InsertedRun,
  insertRun,
  type NewRun,
  newestPlan,
  presentNameOf,
  readPlan,
} from '../../prisma/repositories/new-runs.ts';
import type { RunKey, RunRepository } from '../../prisma/repositories/runs.ts';
import { transaction } from '../../prisma/transaction.ts';
import { canonicalJson } from '../definitions/canonical.ts';
import type { Files } from '../files/index.ts';
import { endedRun } from './ended-run.ts';
import { forkJobs } from './fork-jobs.ts';
import { checkFrom, keptOf } from './fork-target.ts';
import { handOver } from './hand-over.ts';
import { secretNames } from './start.ts';
import { keyOf, keyTaken } from './start-key.ts';
import type { Submit } from './submit.ts';

export interface PlanFork {
  run: string;
  /** Path of the Job that it goes on from; absent: from the beginning. */
  from?: string | undefined;
  version: ForkVersion;
}

export interface ForkRun extends PlanFork {
  /** Those that are to be other than in the forked run. */
  parameters: JsonObject;
  startedBy: string;
  idempotencyKey?: string | undefined;
}

interface ForkDeps {
  pool: Pool;
  submit: Submit['one'];
  runs: RunRepository;
  files: Pick<Files, 'lost'>;
}

/** A fork as it would be: what it runs, what it takes over, and why it cannot start. */
interface Prepared {
  old: RunKey;
  given: Awaited<ReturnType<typeof readGiven>>;
  newestVersion: number | null;
  to: Pick<NewRun, 'version' | 'planId' | 'uses'> & { plan: Plan };
  jobs: ForkPlan['jobs'];
  taken: { path: string; ranIn: RanIn | undefined }[];
  problems: Problem[];
}

export function createFork({ pool, submit, runs, files }: ForkDeps) {
  async function prepare({ run, from, version }: PlanFork): Promise<Prepared> {
    const old = await endedRun(runs, run);
    const [{ jobs: states }, ranPlan, given, newest] = await Promise.all([
      runs.detail(old.id),
      readPlan(pool, old.planId),
      readGiven(pool, old.id),
      newestPlan(pool, old.pipeline),
    ]);
    if (version === 'newest' && newest === undefined) {
      throw new PalvellaError('not_found', `${old.pipeline} was removed, so it has no newest version.`, {
        remedy: 'Fork with the version that the run had.',
      });
    }
    const target =
      version === 'newest' && newest !== undefined
        ? newest
        : { version: given.version, planId: old.planId, uses: given.uses };
    const plan = target.planId === old.planId ? ranPlan : await readPlan(pool, target.planId);
    if (from !== undefined) checkFrom(plan, from, target.version);
    const { jobs, taken } = forkJobs(plan, { name: nameOf(old), plan: ranPlan, jobs: states }, from);
    const lost = await files.lost(old.id, taken);
    const problems = [
      ...jobs.filter(({ does }) => does === 'gone').map(({ path, why }) => problemWith(path, why ?? '')),
      ...lost.map(({ key, jobPath }) => problemWith(jobPath, `The file ${key} that it stored is not there any more.`)),
    ];
    const ranIn = new Map(states.map((job) => [job.path, job.ranIn]));
    return {
      old,
      given,
      newestVersion: newest?.version ?? null,
      to: { ...target, plan },
      jobs,
      taken: taken.map((path) => ({ path, ranIn: ranIn.get(path) })),
      problems,
    };
  }

  return {
    plan: async (asked: PlanFork): Promise<ForkPlan> => {
      const { old, given, newestVersion, to, jobs, problems } = await prepare(asked);
      const { kept, dropped } = keptOf(to.plan, given.parameters);
      return {
        run: nameOf(old),
        ranVersion: given.version,
        newestVersion,
        version: to.version,
        params: to.plan.parameters,
        parameters: shownParameters(kept, [...given.secretParameters, ...secretNames(to.plan.parameters)]),
        dropped,
        jobs,
        problems,
      };
    },

    fork: async (asked: ForkRun): Promise<RunSummary> => {
      const { old, given, to, taken, problems } = await prepare(asked);
      if (problems.length > 0) throw refusal(asked.from ?? '', problems);
      const { kept } = keptOf(to.plan, given.parameters);
      const parameters = givenValues(
        'parameter',
        to.plan.parameters,
        Object.fromEntries([...Object.entries(kept), ...Object.entries(asked.parameters)]),
      );
      const secretParameters = secretNames(to.plan.parameters);
      const made = await transaction(pool, async (client) => {
        const inserted = await insertRun(client, {
          pipeline: await presentNameOf(client, old.pipeline),
          version: to.version,
          planId: to.planId,
          uses: to.uses,
          parameters,
          secretParameters,
          trigger: given.trigger,
          startedBy: asked.startedBy,
          priority: old.priority,
          from: { kind: 'fork', id: old.id, job: asked.from ?? null },
          idempotencyKey: keyOf(asked.startedBy, asked.idempotencyKey),
        });
        if (!inserted.isNew) checkSame(inserted, old, asked);
        else await takeOver(client, inserted, { old, given, taken });
        return inserted;
      });
      return await handOver(made, { submit, runs });
    },
  };
}

async function takeOver(
  client: PoolClient,
  run: InsertedRun,
  { old, given, taken }: Pick<Prepared, 'old' | 'given' | 'taken'>,
): Promise<void> {
  const secret = [...given.secretParameters, ...run.secretParameters];
  const jobs = taken.map(({ path, ranIn }) => {
    // What its run was given: what the forked one was, but for what was other there already.
    const there = Object.entries({ ...given.parameters, ...ranIn?.parameters });
    const other = there.filter(
      ([name, value]) =>
        !Object.hasOwn(run.parameters, name) || canonicalJson(value) !== canonicalJson(run.parameters[name] ?? null),
    );
    return {
      path,
      ranIn: {
        run: ranIn?.run ?? nameOf(old),
        version: ranIn?.version ?? given.version,
        parameters: shownParameters(Object.fromEntries(other), secret),
      },
    };
  });
  await insertInherited(client, { id: run.id, parentId: old.id }, jobs);
}

function nameOf({ pipeline, number }: { pipeline: string; number: number }): string {
  return `${pipeline}/${number}`;
}

function refusal(from: string, problems: readonly Problem[]): PalvellaError {
  const told = problems.map(({ path, message }) => `${path}: ${message}`);
  return new PalvellaError('conflict', `It cannot go on from ${from}. ${listed(told)}`, {
    problems,
    remedy: 'Fork from one of these Jobs, or from an earlier one.',
  });
}

function checkSame(there: InsertedRun, old: RunKey, { from, parameters }: ForkRun): void {
  const isSame =
    there.forkOfId === old.id &&
    there.forkFrom === (from ?? null) &&
    Object.entries(parameters).every(
      ([name, value]) => canonicalJson(there.parameters[name] ?? null) === canonicalJson(value),
    );
  if (!isSame) throw keyTaken();
}
