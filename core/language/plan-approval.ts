import type { Value } from '../plan.ts';
import { type Place, type Planning, report } from './planning.ts';
import { valueAt } from './secret-fields.ts';

/**
 * Reminders, and an escalation that lets nobody else decide, are nothing where nobody is told of them. A Job or Action
 * of the library is checked in the Pipelines that call it: by itself it does not know whom they tell.
 */
export function checkTold(
  planning: Planning,
  values: Record<string, Value>,
  places: { of(field: string): Place },
): void {
  const { quietPipeline } = planning;
  if (quietPipeline === undefined || values['notify'] !== undefined) return;
  const escalates = ['roles', 'notify'].some((field) => valueAt(values, ['escalate', field]) !== undefined);
  for (const field of ['remind', ...(escalates ? [] : ['escalate'])]) {
    if (values[field] === undefined) continue;
    report(planning, places.of(field), `${field} tells nobody: neither the approval nor ${quietPipeline} says whom`, {
      remedy: `Give the approval notify, or the Pipeline ${quietPipeline} one with on: [waiting].`,
    });
  }
}
