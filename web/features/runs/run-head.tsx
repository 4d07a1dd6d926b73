'use client';
import { Anchor, Title } from '@mantine/core';
import type { RunDetail } from '../../../core/api/objects.ts';
import type { JobState } from '../../../core/run-state.ts';
import { useRuns } from '../api/queries.ts';
import { Link } from '../links/link.tsx';
import { StatusLine } from '../status/status.tsx';
import { isOpen } from '../status/words.ts';
import { Duration, Time } from '../time/time.tsx';
import { namedRunHref, pipelineHref, pipelineLabel } from './hrefs.ts';
import classes from './run.module.css';
import { RunButtons } from './run-buttons.tsx';
import { RunVersion } from './run-version.tsx';
import { StartedBy } from './started-by.tsx';
import { usualMs } from './usual.ts';

/** Name, status with its reason, who started it and when, how long; and what can be done with it. */
export function RunHead({ run, runKey, selected }: { run: RunDetail; runKey: string; selected: JobState | undefined }) {
  const usual = useUsualDuration(run.pipeline);
  return (
    <div className={classes.head}>
      <div className={classes.headText}>
        <Title order={1} size="h3" className={classes.headTitle}>
          <Link href={pipelineHref(run.pipeline)}>{pipelineLabel(run.pipeline)}</Link>{' '}
          <span className={classes.quiet}>#{run.number}</span>
        </Title>
        <p className={classes.headStatus}>
          <StatusLine of={run} usualMs={usual} />
        </p>
        <p className={classes.quiet}>
          Started <Time at={run.queuedAt} /> by <StartedBy run={run} />
          {run.startedAt === null ? null : (
            <>
              {' · '}
              <Duration from={run.startedAt} to={run.endedAt} />
            </>
          )}
          <RunVersion run={run} />
          {run.priority === 3 ? null : ` · priority ${run.priority}`}
          <Parent verb="retries" run={run.retryOf} />
          <Parent verb="forks" run={run.forkOf} />
          {run.forkFrom === null ? null : ` from ${run.forkFrom}`}
        </p>
      </div>
      <RunButtons run={run} runKey={runKey} isOpen={isOpen(run.status)} selected={selected} />
    </div>
  );
}

function Parent({ verb, run }: { verb: string; run: string | null }) {
  if (run === null) return null;
  return (
    <>
      {` · ${verb} `}
      <Anchor component={Link} href={namedRunHref(run)} inherit>
        {run.replace('/', ' #')}
      </Anchor>
    </>
  );
}

/** Median of the last ten that went well. */
function useUsualDuration(pipeline: string): number | null {
  return usualMs(useRuns({ pipeline, status: 'succeeded', limit: 10 }).data?.pages[0]?.items ?? []);
}
