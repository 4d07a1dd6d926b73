import type { Names } from '../expressions/index.ts';
import { holdName, holdNameRule } from '../hold-name.ts';
import type { HoldPlan, Value } from '../plan.ts';
import { at, type Place, type Planning, report } from './planning.ts';
import type { Concurrency, Locks } from './schema-holds.ts';
import { literalText, planValue } from './values.ts';

interface Own {
  locks?: Locks | undefined;
  concurrency?: Concurrency | undefined;
}

/** The locks and the group of a Pipeline or Job; undefined where it has neither. */
export function planHold(
  planning: Planning,
  { locks, concurrency }: Own,
  place: Place,
  { names, inside }: { names: Names; inside: boolean },
): HoldPlan | undefined {
  if (locks === undefined && concurrency === undefined) return undefined;
  const plan = (text: string, where: Place) => planName(planning, text, where, names);
  const list = Array.isArray(locks) ? locks : (locks?.names ?? []);
  const within = at(place, 'locks', ...(Array.isArray(locks) ? [] : ['names']));
  for (const [index, name] of list.entries()) {
    if (list.indexOf(name) < index) report(planning, at(within, index), `the lock ${name} is there twice`);
  }
  const { group, limit, when_full } =
    typeof concurrency === 'object' ? concurrency : { group: concurrency, limit: undefined, when_full: undefined };
  const groupPlace = at(place, 'concurrency', ...(typeof concurrency === 'object' ? ['group'] : []));
  return {
    inside,
    locks: list.map((name, index) => plan(name, at(within, index))),
    by: Array.isArray(locks) ? 'arrival' : (locks?.by ?? 'arrival'),
    ...(group === undefined
      ? {}
      : { group: { name: plan(group, groupPlace), limit: limit ?? 1, whenFull: when_full ?? 'queue' } }),
  };
}

function planName(planning: Planning, text: string, place: Place, names: Names): Value {
  const value = planValue(planning, text, place, { names, credentials: 'a Credential is no name' });
  const written = literalText(value);
  if (written !== undefined && !holdName.test(written)) {
    report(planning, place, `${JSON.stringify(written)} is no name: ${holdNameRule}`);
  }
  return value;
}
