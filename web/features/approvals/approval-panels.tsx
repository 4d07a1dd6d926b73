'use client';
import type { JobState } from '../../../core/run-state.ts';
import { useApprovals } from '../api/queries.ts';
import { OrFailure } from '../lists/states.tsx';
import { Approval } from './approval.tsx';
import classes from './approvals.module.css';

/** What this run waits to be decided, above everything else of it. */
export function ApprovalPanels({ runKey, jobs }: { runKey: string; jobs: readonly JobState[] }) {
  const isHeld = jobs.some((job) => job.wait?.kind === 'approval');
  const read = useApprovals({ state: 'pending', run: runKey });
  if (!isHeld) return null;
  return (
    <OrFailure read={read}>
      {read.data?.items.map((item) => (
        <section key={item.id} className={`${classes.row} ${classes.panel}`} aria-label="Approval">
          <Approval item={item} where={`${item.jobPath} › ${item.action}`} open />
        </section>
      ))}
    </OrFailure>
  );
}
