'use client';
import type { JobState } from '../../../core/run-state.ts';
import { More } from '../lists/more.tsx';
import { OrFailure } from '../lists/states.tsx';
import { Approval } from './approval.tsx';
import classes from './approvals.module.css';
import { useApprovalPages } from './queries.ts';

/** What this run waits to be decided, above everything else of it. */
export function ApprovalPanels({ runKey, jobs }: { runKey: string; jobs: readonly JobState[] }) {
  const isHeld = jobs.some((job) => job.wait?.kind === 'approval');
  const read = useApprovalPages({ state: 'pending', run: runKey });
  if (!isHeld) return null;
  return (
    <OrFailure read={read}>
      {read.data?.pages
        .flatMap((page) => page.items)
        .map((item) => (
          <section key={item.id} className={`${classes.row} ${classes.panel}`} aria-label="Approval">
            <Approval item={item} where={`${item.jobPath} › ${item.action}`} open />
          </section>
        ))}
      <More pages={read} />
    </OrFailure>
  );
}
