import { PalvellaError } from './errors.ts';
import { evaluateValue, type Scope } from './expressions/index.ts';
import { holdName, holdNameRule } from './hold-name.ts';
import { type Want, wantKey } from './holds.ts';
import type { HoldPlan, Value } from './plan.ts';

/** What a run or Job asks for, its names computed. */
export interface Asked {
  wants: Want[];
  /** Whether the priority of its run says when its turn is. */
  byPriority: boolean;
}

/**
 * `inside`: what the names of what is called may read. `held`: keys of what surrounds it has already, which it need not
 * ask for.
 */
export function wantsOf(plans: readonly HoldPlan[], scope: Scope, inside: Scope, held: readonly string[]): Asked {
  const wants = new Map<string, Want>();
  for (const plan of plans) {
    const around = plan.inside ? inside : scope;
    for (const lock of plan.locks) add({ kind: 'lock', name: nameOf(lock, around, 'lock') });
    if (plan.group === undefined) continue;
    const { name, limit, whenFull } = plan.group;
    add({ kind: 'group', name: nameOf(name, around, 'group'), limit, whenFull });
  }
  return { wants: [...wants.values()], byPriority: plans.some(({ by }) => by === 'priority') };

  function add(want: Want): void {
    const key = wantKey(want);
    if (!held.includes(key) && !wants.has(key)) wants.set(key, want);
  }
}

function nameOf(value: Value, scope: Scope, what: string): string {
  const { value: computed } = evaluateValue(value, scope);
  const name = typeof computed === 'string' ? computed : JSON.stringify(computed);
  if (holdName.test(name)) return name;
  throw new PalvellaError('invalid_request', `${JSON.stringify(name)} is no name of a ${what}: ${holdNameRule}.`);
}
