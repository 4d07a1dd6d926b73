'use client';
import { Anchor } from '@mantine/core';
import type { SummaryItem } from '../../../core/api/summaries.ts';
import type { ActionState, JobState } from '../../../core/run-state.ts';
import { later } from '../later/later.tsx';
import { Link } from '../links/link.tsx';
import { Skeletons } from '../lists/states.tsx';
import log from '../log/log.module.css';
import { StatusLine } from '../status/status.tsx';
import { isBad, isOpen } from '../status/words.ts';
import { SummaryText } from '../summaries/summaries.tsx';
import { Duration } from '../time/time.tsx';
import { Facts } from './facts.tsx';
import { namedRunHref } from './hrefs.ts';
import { prints } from './selection.ts';
import { ranWith, takenText } from './taken-text.ts';
import { valueText } from './values.tsx';

const LogPanel = later(
  () => import('../log/log-panel.tsx').then((room) => room.LogPanel),
  () => <Skeletons rows={6} height={30} />,
);

interface Props {
  runKey: string;
  job: JobState;
  action: string | null;
  /** Of the whole run. */
  summaries: readonly SummaryItem[];
  onPin: () => void;
}

/** What is open: the log of an Action, or what there is to say of a Job that has none. */
export function JobDetail({ runKey, job, action: name, summaries, onPin }: Props) {
  const action = job.actions.find((each) => each.name === name);
  const summary = summaries.find(({ jobPath, action: wrote }) => jobPath === job.path && wrote === action?.name);
  const head = <Head job={job} action={action} />;
  const hasLog = action !== undefined && prints(action) && action.startedAt !== null;
  return (
    <section className={log.panel} aria-label={action === undefined ? job.path : `${job.path} › ${action.name}`}>
      {hasLog ? (
        <LogPanel
          key={`${job.path}/${action.name}`}
          run={runKey}
          job={job.path}
          action={action.name}
          attempt={`${job.attempt}/${action.attempt}/${action.startedAt}`}
          startAtEnd={isBad(action.status)}
          head={head}
          onPin={onPin}
        />
      ) : (
        <>
          <div className={log.bar}>{head}</div>
          <div className={log.note}>
            {action !== undefined && isBad(action.status) ? null : (
              <p>
                <StatusLine of={stated(job, action)} />
              </p>
            )}
            <p>{silence(job, action)}</p>
          </div>
        </>
      )}
      {summary === undefined ? null : (
        <details className={log.output} open>
          <summary>Summary</summary>
          <SummaryText runKey={runKey} job={summary.jobPath} action={summary.action} size={summary.size} />
        </details>
      )}
      {action?.info === undefined ? null : (
        <details className={log.output}>
          <summary>Where it ran</summary>
          <Facts info={action.info} />
        </details>
      )}
      {action?.output === undefined || action.output === null ? null : (
        <details className={log.output}>
          <summary>Output</summary>
          <pre>{valueText(action.output)}</pre>
        </details>
      )}
    </section>
  );
}

/** An Action that is waited for has the Job's wait. */
function stated(job: JobState, action: ActionState | undefined) {
  if (action === undefined) return job;
  return isOpen(action.status) && action.status !== 'running' ? { ...action, wait: job.wait } : action;
}

function silence(job: JobState, action: ActionState | undefined): string {
  if (action === undefined) return job.actions.length === 0 && job.status === 'queued' ? 'It has not started.' : '';
  if (!prints(action)) return `Actions of type ${action.type} print nothing: the run evaluates them itself.`;
  return isOpen(action.status) ? 'It has not started.' : 'It did not start.';
}

function Head({ job, action }: { job: JobState; action: ActionState | undefined }) {
  const of = action ?? job;
  return (
    <div className={log.title}>
      <strong>
        {job.path}
        {action === undefined ? '' : ` › ${action.name}`}
      </strong>
      <span className={log.facts}>
        {action?.exitStatus === null || action === undefined ? '' : `exit ${action.exitStatus} · `}
        <Duration from={of.startedAt} to={of.endedAt ?? (isOpen(of.status) ? null : of.startedAt)} />
        {job.worker === null ? '' : ` · on ${job.worker}`}
        {action !== undefined && action.attempt > 1 ? ` · try ${action.attempt}` : ''}
        {job.attempt > 1 ? ` · the Job's try ${job.attempt}` : ''}
        <Taken job={job} />
      </span>
      {action !== undefined && isBad(action.status) ? <StatusLine of={action} /> : null}
    </div>
  );
}

/** Where a result that was taken over came about. */
function Taken({ job }: { job: JobState }) {
  if (!job.inherited) return null;
  if (job.ranIn === undefined) return ` · ${takenText(job)}`;
  return (
    <>
      {' · taken over from '}
      <Anchor component={Link} href={`${namedRunHref(job.ranIn.run)}?job=${encodeURIComponent(job.path)}`} inherit>
        {job.ranIn.run.replace('/', ' #')}
      </Anchor>
      {ranWith(job.ranIn)}
    </>
  );
}
