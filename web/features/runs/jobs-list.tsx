'use client';
import { Checkbox } from '@mantine/core';
import { type MouseEvent, memo, useEffect, useMemo, useRef } from 'react';
import type { ActionState, JobState } from '../../../core/run-state.ts';
import { useAddressParam } from '../lists/address.ts';
import { SearchField } from '../lists/search-field.tsx';
import { StatusShape } from '../status/shape.tsx';
import { endText, ticks, waitText } from '../status/wait-text.ts';
import { isBad, isOpen, statusWords } from '../status/words.ts';
import { useNow } from '../time/clock.ts';
import { Duration } from '../time/time.tsx';
import { jobFilter, jobRows } from './job-tree.ts';
import classes from './run.module.css';
import { defaultAction, type Selection, selectionSearch } from './selection.ts';
import { takenText } from './taken-text.ts';

interface Props {
  jobs: readonly JobState[];
  selection: Selection | null;
  onSelect: (selection: Selection) => void;
}

/** From this many Jobs on they can be filtered, and only the chosen one shows its Actions. */
const manyJobs = 12;

/** Jobs under their groups, and the Actions of those that are open or broke. */
export function JobsList({ jobs, selection, onSelect }: Props) {
  const [text, setText] = useAddressParam('jobs');
  const [broken, setBroken] = useAddressParam('broken', ['only']);
  const onlyBad = broken !== '';
  const isLong = jobs.length > manyJobs;
  const rows = useMemo(
    () => jobRows(jobs, isLong ? jobFilter(text, onlyBad) : () => true),
    [jobs, isLong, text, onlyBad],
  );
  const list = useChosenInSight(selection);
  const bad = jobs.filter((job) => isBad(job.status)).length;
  return (
    <div className={classes.jobs}>
      {isLong ? (
        <div className={classes.jobsFilter}>
          <SearchField
            label="Filter Jobs"
            placeholder={`Filter ${jobs.length} Jobs`}
            size="xs"
            q={text}
            onSearch={setText}
          />
          <Checkbox
            size="xs"
            label={`Broken only, ${bad}`}
            checked={onlyBad}
            disabled={bad === 0 && !onlyBad}
            onChange={(event) => setBroken(event.currentTarget.checked ? 'only' : '')}
          />
        </div>
      ) : null}
      <ul className={classes.jobRows} aria-label="Jobs" ref={list}>
        {rows.map(({ job, depth, isGroup }) => {
          const isChosen = selection?.job === job.path;
          const open = isChosen || (!isLong && job.actions.length > 0);
          return (
            <li key={job.path} className={classes.jobItem} style={{ '--depth': depth } as React.CSSProperties}>
              <JobLine
                job={job}
                isGroup={isGroup}
                isChosen={isChosen && (selection.action === null || !open)}
                onSelect={onSelect}
              />
              {open && job.actions.length > 0 ? (
                <ul aria-label={`Actions of ${job.path}`}>
                  {job.actions.map((action) => (
                    <li key={action.name}>
                      <ActionLine
                        job={job.path}
                        action={action}
                        isChosen={isChosen && selection.action === action.name}
                        onSelect={onSelect}
                      />
                    </li>
                  ))}
                </ul>
              ) : null}
            </li>
          );
        })}
      </ul>
      {rows.length === 0 ? <p className={classes.noJobs}>No Job is like this.</p> : null}
    </div>
  );
}

/** Scrolls the list, not the page, to what is chosen. */
function useChosenInSight(selection: Selection | null) {
  const list = useRef<HTMLUListElement>(null);
  const chosen = `${selection?.job}/${selection?.action}`;
  useEffect(() => {
    const box = list.current;
    const row = box?.querySelector<HTMLElement>('[aria-current]');
    if (!box || !row) return;
    const top = row.getBoundingClientRect().top - box.getBoundingClientRect().top;
    if (top < 0 || top + row.offsetHeight > box.clientHeight) box.scrollTop += top - box.clientHeight / 3;
  }, [chosen]);
  return list;
}

function choose(event: MouseEvent, selection: Selection, onSelect: Props['onSelect']) {
  if (event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  onSelect(selection);
}

const JobLine = memo(function JobLine({
  job,
  isGroup,
  isChosen,
  onSelect,
}: {
  job: JobState;
  isGroup: boolean;
  isChosen: boolean;
  onSelect: Props['onSelect'];
}) {
  const selection = { job: job.path, action: isGroup ? null : defaultAction(job) };
  return (
    <a
      href={selectionSearch('', selection)}
      className={classes.line}
      data-row
      data-group={isGroup || undefined}
      aria-current={isChosen ? 'true' : undefined}
      onClick={(event) => choose(event, selection, onSelect)}
    >
      <StatusShape status={job.status} label={statusWords[job.status]} />
      <span className={classes.lineName}>
        {job.name}
        {job.inherited ? <span className={classes.lineNote}>{takenText(job)}</span> : null}
        <Why job={job} />
      </span>
      <Duration from={job.startedAt} to={job.endedAt ?? (isOpen(job.status) ? null : job.startedAt)} />
    </a>
  );
});

/** Why a Job waits and what would end that, why it was blocked or skipped, or broke. */
function Why({ job: { wait, reason, status } }: { job: JobState }) {
  // Of a thousand that wait, those alone tick whose text does.
  const now = useNow(wait !== null && ticks(wait));
  if (wait === null && (reason === null || status === 'succeeded')) return null;
  return (
    <>
      <span className={classes.lineNote}>{wait === null ? reason : waitText(wait, now)}</span>
      {wait === null ? null : <span className={classes.lineNote}> {endText(wait)}</span>}
    </>
  );
}

const ActionLine = memo(function ActionLine({
  job,
  action,
  isChosen,
  onSelect,
}: {
  job: string;
  action: ActionState;
  isChosen: boolean;
  onSelect: Props['onSelect'];
}) {
  const selection = { job, action: action.name };
  return (
    <a
      href={selectionSearch('', selection)}
      className={classes.line}
      data-row
      data-action
      aria-current={isChosen ? 'true' : undefined}
      onClick={(event) => choose(event, selection, onSelect)}
    >
      <StatusShape status={action.status} label={statusWords[action.status]} size={14} />
      <span className={classes.lineName}>{action.name}</span>
      {action.attempt > 1 ? <span className={classes.lineNote}>try {action.attempt}</span> : null}
      <Duration from={action.startedAt} to={action.endedAt ?? (isOpen(action.status) ? null : action.startedAt)} />
    </a>
  );
});
