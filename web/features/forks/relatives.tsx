'use client';
import { Anchor } from '@mantine/core';
import type { RelatedRun } from '../../../core/api/forks.ts';
import { Link } from '../links/link.tsx';
import { QuietFailure } from '../lists/states.tsx';
import { compareHref, runHref } from '../runs/hrefs.ts';
import { StatusShape } from '../status/shape.tsx';
import { statusWords } from '../status/words.ts';
import classes from './forks.module.css';
import { useRelatives } from './queries.ts';

/** The runs that one came out of, the whole line, and those that came out of it. */
export function RelativeRuns({ runKey, pipeline }: { runKey: string; pipeline: string }) {
  const read = useRelatives(runKey, pipeline);
  const { ancestors = [], children = [] } = read.data ?? {};
  const parent = ancestors.at(-2);
  if (ancestors.length < 2 && children.length === 0) return <QuietFailure read={read} what="Related runs" />;
  return (
    <nav aria-label="Related runs" className={classes.relatives}>
      {ancestors.length < 2 ? null : (
        <p className={classes.line}>
          Line
          {ancestors.map((run, at) => (
            <Related key={run.run} run={run} isThis={at === ancestors.length - 1} />
          ))}
          {parent === undefined ? null : (
            <Anchor component={Link} href={compareHref(parent.run, runKey)} inherit>
              Compare with #{parent.number}
            </Anchor>
          )}
        </p>
      )}
      {children.length === 0 ? null : (
        <p className={classes.line}>
          Went on in
          {children.map((run) => (
            <Related key={run.run} run={run} isThis={false} />
          ))}
        </p>
      )}
    </nav>
  );
}

function Related({ run, isThis }: { run: RelatedRun; isThis: boolean }) {
  return (
    <span>
      {run.by === null ? null : `${run.by}${run.forkFrom === null ? '' : ` from ${run.forkFrom}`}`}
      <StatusShape status={run.status} label={statusWords[run.status]} size={14} />
      {isThis ? (
        <strong aria-current="page">#{run.number}</strong>
      ) : (
        <Anchor component={Link} href={runHref(run)} inherit>
          #{run.number}
        </Anchor>
      )}
    </span>
  );
}
