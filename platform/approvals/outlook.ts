import type { Pool } from 'pg';
import type { ApprovalItem } from '../../core/api/approvals.ts';
import { toOf } from '../notifications/to.ts';
import { type Target, waitingTargets } from '../notifications/write.ts';
import type { ApprovalRow } from './rows.ts';

export type Outlook = Pick<ApprovalItem, 'remindAt' | 'remindTo' | 'escalateAt' | 'escalateRoles' | 'escalateTo'>;

/** What will be told of each, when and where to, as the sweep of the control worker does it. */
export async function outlookOf(pool: Pool, rows: readonly ApprovalRow[]): Promise<(row: ApprovalRow) => Outlook> {
  const asTheirPipeline = rows.filter((row) => isTimed(row) && row.notify.length === 0).map(({ runId }) => runId);
  const pipelines = await waitingTargets(pool, asTheirPipeline);
  return (row) => {
    const { remindAt, escalateAt, escalation, notify, runId } = row;
    const usual = notify.length > 0 ? notify : (pipelines.get(runId) ?? []);
    const isPending = row.state === 'pending';
    const reminds = isPending ? remindAt : null;
    const escalates = isPending ? escalateAt : null;
    return {
      remindAt: reminds?.toISOString() ?? null,
      remindTo: reminds === null ? [] : toAll(usual),
      escalateAt: escalates?.toISOString() ?? null,
      escalateRoles: escalates === null ? [] : (escalation?.roles ?? []),
      escalateTo: escalates === null ? [] : toAll(escalation?.notify ?? usual),
    };
  };
}

function isTimed({ state, remindAt, escalateAt }: ApprovalRow): boolean {
  return state === 'pending' && (remindAt !== null || escalateAt !== null);
}

function toAll(targets: readonly Target[]): string[] {
  return [...new Set(targets.flatMap(toOf))];
}
