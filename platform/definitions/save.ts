import type { PoolClient } from 'pg';
import type { ApplyResult } from '../../core/api/objects.ts';
import type { Catalogue, SourceFile } from '../../core/language/index.ts';
import type { Plan } from '../../core/plan.ts';
import { isRunnable } from '../../core/runnable.ts';
import {
  allDefinitions,
  type DefinitionRow,
  insertPlans,
  insertQueues,
  insertVersion,
  renewPlans,
} from '../../prisma/repositories/definitions.ts';
import { recordUses, saveUses } from '../../prisma/repositories/uses.ts';
import { canonicalJson, contentId } from './canonical.ts';
import { checkForSaving, invalidFile } from './check.ts';
import { checkExpected, type Expectation } from './expect.ts';
import { planQueues } from './plan-queues.ts';
import { usesOf } from './uses.ts';

export interface Saving {
  files: readonly SourceFile[];
  author: string;
  note: string;
  /** What the author saw: where something else is saved by now, nothing is. */
  expect?: readonly Expectation[] | undefined;
}

type Saved = ApplyResult['saved'][number];

/** Checks files against all that is saved and saves them, in a transaction that holds the lock: all of it or nothing. */
export async function saveFiles(client: PoolClient, catalogue: Catalogue, saving: Saving): Promise<Saved[]> {
  const before = await allDefinitions(client);
  checkExpected(before, saving.expect ?? []);
  const { documents, plans, problems } = checkForSaving(saving.files, before, catalogue);
  if (problems.length > 0) throw invalidFile(problems, 'saved');
  const known = new Map(before.map((row) => [`${row.kind}/${row.name}`, row]));
  const planIds = await savePlans(client, plans, catalogue);

  const saved: Saved[] = [];
  for (const { kind, name, source, json } of documents) {
    const old = known.get(`${kind}/${name}`);
    known.delete(`${kind}/${name}`);
    const planId = isRunnable(kind) ? (planIds.get(name) ?? null) : null;
    if (old !== undefined && old.source === source && old.planId === planId) {
      saved.push({ kind, name, version: old.version, change: 'unchanged' });
      continue;
    }
    const { author, note } = saving;
    const version = await insertVersion(client, { kind, name }, { source, spec: json, planId, author, note });
    saved.push({ kind, name, version, change: old === undefined ? 'created' : 'changed' });
  }
  const rest = [...known.values()];
  await renewPlans(client, renewed(rest, planIds));
  const users = [
    ...documents.map(({ kind, name, json }) => ({ kind, name, spec: json })),
    ...rest.filter(({ kind, name }) => isRunnable(kind) && plans.has(name)),
  ];
  await saveUses(client, usesOf(users, before));
  await recordUses(client, [...plans.keys()]);
  return saved;
}

/** What is saved already and not in the files, but uses something of them. */
function renewed(rows: readonly DefinitionRow[], planIds: ReadonlyMap<string, string>) {
  return rows.flatMap(({ id, kind, name, planId: old }) => {
    const planId = isRunnable(kind) ? planIds.get(name) : undefined;
    return planId === undefined || planId === old ? [] : [{ definitionId: id, planId }];
  });
}

/** Ids of the plans, by name. */
export async function savePlans(
  client: PoolClient,
  plans: ReadonlyMap<string, Plan>,
  catalogue: Catalogue,
): Promise<Map<string, string>> {
  const bodies = [...plans].map(([name, plan]) => {
    const body = canonicalJson(plan);
    return { name, id: contentId(body), body };
  });
  await insertPlans(client, bodies);
  const queues = [...plans.values()].flatMap((plan) => planQueues(plan, catalogue.actions));
  await insertQueues(client, [...new Map(queues.map((each) => [each.queue, each])).values()]);
  return new Map(bodies.map(({ name, id }) => [name, id]));
}
