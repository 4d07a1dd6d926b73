'use client';
import { Alert, Anchor } from '@mantine/core';
import { IconArrowRight, IconCheck, IconX } from '@tabler/icons-react';
import type { ForkJob, ForkPlan } from '../../../core/api/forks.ts';
import classes from './forks.module.css';

const icons = { taken: IconCheck, runs: IconArrowRight, gone: IconX };
const words = { taken: 'taken over', runs: 'runs', gone: 'cannot be taken over' };

/** What becomes of each Job, and what stands in the way. */
export function ForkOutlook({
  plan,
  former,
  onFrom,
}: {
  plan: ForkPlan;
  /** Values that what is taken over ran with. */
  former: readonly string[];
  onFrom: (path: string) => void;
}) {
  const count = (does: ForkJob['does']) => plan.jobs.filter((job) => job.does === does).length;
  return (
    <section aria-label="What the fork does" className={classes.outlook}>
      <p className={classes.counts}>
        {count('taken')} taken over, {count('runs')} to run
      </p>
      {plan.problems.length === 0 ? null : (
        <Alert color="red" variant="light" role="alert" title="It cannot go on from there">
          {plan.problems.map(({ path, message }) => (
            <p key={`${path} ${message}`}>
              <strong>{path}</strong>: {message}{' '}
              <Anchor component="button" type="button" inherit c="inherit" onClick={() => onFrom(path)}>
                Go on from it instead
              </Anchor>
            </p>
          ))}
        </Alert>
      )}
      {plan.dropped.length === 0 ? null : (
        <p>
          Version {plan.version} takes no {plan.dropped.join(', ')}.
        </p>
      )}
      {former.length === 0 || count('taken') === 0 ? null : (
        <p>What is taken over ran with {former.join(', ')} and is not made anew.</p>
      )}
      <ul className={classes.outlookJobs}>
        {plan.jobs.map((job) => {
          const Icon = icons[job.does];
          return (
            <li key={job.path} data-does={job.does}>
              <Icon size={16} aria-hidden className={classes.does} />
              <span>
                {job.path} <span className={classes.quiet}>{words[job.does]}</span>
                {job.does === 'gone' ? null : <Note job={job} version={plan.ranVersion} />}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Note({ job, version }: { job: ForkJob; version: number }) {
  const text = job.changed ? `As version ${version} made it; it is written otherwise by now.` : job.why;
  return text === null ? null : <span className={classes.note}>{text}</span>;
}
