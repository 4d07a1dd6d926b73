import type { Names } from '../expressions/index.ts';
import { stdoutReads } from '../expressions/index.ts';
import type { ActionPlan } from '../plan.ts';
import { actionKind } from './action-type.ts';
import { type ActionContext, planTypedAction } from './plan-action.ts';
import { planLibraryAction } from './plan-library-action.ts';
import { at, count, type Place, type Planning, report } from './planning.ts';
import type { ActionEntry } from './schema-action.ts';
import { expressionsOf, literalText } from './values.ts';

/** The Actions of one Job, in order. */
export function planActions(
  planning: Planning,
  entries: readonly ActionEntry[],
  placeOf: (index: number) => Place,
  job: { names: Names; engine: ActionContext['engine'] },
): ActionPlan[] {
  const kinds = entries.map((entry, index) => actionKind(planning, entry as never, placeOf(index)));
  const names = nameActions(
    planning,
    entries,
    kinds.map((kind) => (kind?.kind === 'type' ? kind.manifest.id : kind?.action.name)),
    placeOf,
  );
  const allActions = new Set(names);
  const earlier = new Set<string>();
  const plans: ActionPlan[] = [];
  let printed: string | undefined;
  let ended: string | undefined;
  for (const [index, entry] of entries.entries()) {
    const where = placeOf(index);
    const kind = kinds[index];
    const name = names[index] as string;
    if (!count(planning, 'actions', where)) return plans;
    if (ended !== undefined) {
      report(planning, where, `this Action is never reached: ${ended} before it always ends the Job`, {
        remedy: 'Put skip_if on that one, or another on_failure.',
      });
      ended = undefined;
    }
    const context = { names: { ...job.names, actions: earlier, allActions }, engine: job.engine, printed };
    const plan =
      kind === undefined
        ? undefined
        : kind.kind === 'type'
          ? planTypedAction(planning, name, entry, kind, where, context)
          : planLibraryAction(planning, name, entry, kind, where, context);
    earlier.add(name);
    if (plan === undefined) continue;
    plans.push(plan);
    if (planning.catalogue.actions.get(plan.type)?.place !== 'workflow') printed = name;
    if (alwaysEnds(plan)) ended = name;
  }
  markTexts(plans);
  return plans;
}

/** Its name, else its type, numbered where that is taken: `store`, `store-2`. */
function nameActions(
  planning: Planning,
  entries: readonly ActionEntry[],
  types: readonly (string | undefined)[],
  placeOf: (index: number) => Place,
): string[] {
  const taken = new Set<string>();
  for (const [index, { name }] of entries.entries()) {
    if (name === undefined) continue;
    if (taken.has(name)) report(planning, at(placeOf(index), 'name'), `the Action ${name} is there twice`);
    taken.add(name);
  }
  const numbers = new Map<string, number>();
  return entries.map(({ name }, index) => {
    if (name !== undefined) return name;
    const type = types[index] ?? 'action';
    let number = numbers.get(type) ?? 0;
    let made: string;
    do {
      number++;
      made = number === 1 ? type : `${type}-${number}`;
    } while (taken.has(made));
    numbers.set(type, number);
    taken.add(made);
    return made;
  });
}

function alwaysEnds({ type, skipIf, onSuccess, onFailure, requires }: ActionPlan): boolean {
  if (skipIf !== undefined || requires.length > 0 || !onFailure.startsWith('end')) return false;
  return type === 'fail' || onSuccess.startsWith('end');
}

/** Marks those whose standard output a later one reads, so that it comes back to the workflow. */
function markTexts(plans: readonly ActionPlan[]): void {
  const read = new Set<string>();
  for (const { type, skipIf, input } of plans) {
    const expressions = Object.values(input).flatMap(expressionsOf);
    if (skipIf !== undefined) expressions.push(skipIf);
    const expression = type === 'compare' ? literalText(input['expression']) : undefined;
    if (expression !== undefined) expressions.push(expression);
    for (const one of expressions) for (const name of readsOf(one)) read.add(name);
  }
  for (const plan of plans) plan.needsText = read.has(plan.name);
}

function readsOf(expression: string): string[] {
  try {
    return stdoutReads(expression);
  } catch {
    // It was reported when it was read.
    return [];
  }
}
