import { unreachable } from '../core/errors.ts';
import { evaluateCondition, type Scope } from '../core/expressions/index.ts';
import type { JobPlan } from '../core/plan.ts';
import type { Status } from '../core/status.ts';

const well: ReadonlySet<Status> = new Set<Status>(['succeeded', 'skipped']);

/** Undefined: it runs. Else what it ends as without having run. */
export function whetherToRun(
  plan: JobPlan,
  before: readonly { name: string; status: Status }[],
  scope: Scope,
): { status: 'blocked' | 'skipped'; reason: string } | undefined {
  const bad = before.find(({ status }) => !well.has(status));
  switch (plan.when) {
    case 'success':
      if (bad !== undefined) return { status: 'blocked', reason: `The Job ${bad.name} ${said(bad.status)}.` };
      break;
    case 'failure':
      if (bad === undefined) return { status: 'skipped', reason: 'No Job that it requires failed.' };
      break;
    case 'always':
      break;
    default:
      return unreachable(plan.when);
  }
  if (plan.skipIf !== undefined && evaluateCondition(plan.skipIf, scope)) {
    return { status: 'skipped', reason: `Skipped, as ${plan.skipIf}` };
  }
  return undefined;
}

function said(status: Status): string {
  switch (status) {
    case 'errored':
      return 'broke';
    case 'timed_out':
      return 'timed out';
    case 'blocked':
      return 'was blocked';
    case 'stopped':
      return 'was stopped';
    default:
      return status;
  }
}
