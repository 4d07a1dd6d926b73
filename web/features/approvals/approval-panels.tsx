'use client';
import type { JobState } from '../../../core/run-state.ts';
import { useApprovals } from '../api/queries.ts';
import classes from './approvals.module.css';
import { Decide } from './decide.tsx';
import { DecisionLines } from './decision-lines.tsx';

/** What this run waits to be decided, above everything else of it. */
export function ApprovalPanels({ runKey, jobs }: { runKey: string; jobs: readonly JobState[] }) {
  const isHeld = jobs.some((job) => job.wait?.kind === 'approval');
  const read = useApprovals({ state: 'pending', run: runKey });
  if (!isHeld) return null;
  return read.data?.items.map((item) => (
    <section key={item.id} className={`${classes.row} ${classes.panel}`} aria-label="Approval">
      <div className={classes.what}>
        <h2 className={classes.prompt}>{item.prompt}</h2>
        <p className={classes.where}>
          {item.jobPath} › {item.action}
        </p>
        <DecisionLines item={item} />
      </div>
      <Decide item={item} />
    </section>
  ));
}
