'use client';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { memo } from 'react';
import { defaultAction, type Selection, selectionSearch } from '../runs/selection.ts';
import { takenText } from '../runs/taken-text.ts';
import { StatusShape } from '../status/shape.tsx';
import { statusWords } from '../status/words.ts';
import { durationText } from '../time/duration-text.ts';
import { actionBar, type Bar, sumOf } from './bars.ts';
import classes from './timeline.module.css';
import type { TimelineRow } from './timeline-rows.ts';

interface Scale {
  start: number;
  span: number;
}

interface Props {
  row: TimelineRow;
  scale: Scale;
  /** 0 where it has ended. */
  now: number;
  isOpen: boolean;
  onToggle: (path: string) => void;
  onSelect: (selection: Selection) => void;
}

/** A Job, and its Actions where it is open. */
export const TimelineLine = memo(function TimelineLine({ row, scale, now, isOpen, onToggle, onSelect }: Props) {
  const { job, depth, isGroup, bars, isCritical } = row;
  const selection = { job: job.path, action: isGroup ? null : defaultAction(job) };
  const Chevron = isOpen ? IconChevronDown : IconChevronRight;
  const isLeaf = job.actions.length > 0;
  return (
    <li className={classes.item} data-critical={isCritical || undefined}>
      <div className={classes.line}>
        <div className={classes.name} style={{ '--depth': depth } as React.CSSProperties}>
          <button
            type="button"
            className={classes.toggle}
            aria-expanded={isOpen}
            aria-label={`Actions of ${job.path}`}
            disabled={!isLeaf}
            onClick={() => onToggle(job.path)}
          >
            {isLeaf ? <Chevron size={14} aria-hidden /> : null}
          </button>
          <StatusShape status={job.status} label={statusWords[job.status]} size={14} />
          <a
            href={selectionSearch('', selection)}
            title={job.path}
            data-row
            onClick={(event) => {
              if (event.metaKey || event.ctrlKey || event.shiftKey) return;
              event.preventDefault();
              onSelect(selection);
            }}
          >
            {job.name}
          </a>
        </div>
        <div className={classes.lane} data-group={isGroup || undefined}>
          {job.inherited ? <span className={classes.text}>{takenText(job)}</span> : <Bars bars={bars} scale={scale} />}
        </div>
      </div>
      {isOpen
        ? job.actions.map((action) => {
            const bar = job.inherited ? undefined : actionBar(action, now === 0 ? Date.parse(job.endedAt ?? '') : now);
            return (
              <div key={action.name} className={classes.line} data-action>
                <div className={classes.name} style={{ '--depth': depth + 2 } as React.CSSProperties}>
                  <StatusShape status={action.status} label={statusWords[action.status]} size={12} />
                  <span title={action.name}>
                    {action.name}
                    {action.attempt > 1 ? ` · try ${action.attempt}` : ''}
                  </span>
                </div>
                <div className={classes.lane}>
                  <Bars bars={bar === undefined ? [] : [bar]} scale={scale} />
                </div>
              </div>
            );
          })
        : null}
    </li>
  );
}, isSame);

/** While a run goes on its rows are computed each second; what has ended need not be drawn again. */
function isSame(last: Props, next: Props): boolean {
  return (
    last.row.job === next.row.job &&
    last.row.isCritical === next.row.isCritical &&
    last.now === next.now &&
    last.isOpen === next.isOpen &&
    last.scale.start === next.scale.start &&
    last.scale.span === next.scale.span &&
    last.onSelect === next.onSelect
  );
}

function Bars({ bars, scale }: { bars: readonly Bar[]; scale: Scale }) {
  const first = bars[0];
  const last = bars.at(-1);
  if (first === undefined || last === undefined) return null;
  const place = (time: number) => ((time - scale.start) / scale.span) * 100;
  const end = place(last.to);
  const isLate = end > 80;
  const label = isLate ? { right: `calc(${100 - place(first.from)}% + 6px)` } : { left: `calc(${end}% + 6px)` };
  return (
    <>
      {bars.map((bar) => (
        <i
          key={`${bar.kind} ${bar.from}`}
          data-kind={bar.kind}
          data-status={bar.status}
          title={barTitle(bar)}
          style={{ left: `${place(bar.from)}%`, width: `${place(bar.to) - place(bar.from)}%` }}
        />
      ))}
      <span className={classes.text} style={label}>
        {barsText(bars)}
      </span>
    </>
  );
}

function barsText(bars: readonly Bar[]): string {
  const waited = sumOf(bars, ({ kind }) => kind === 'waited');
  const ran = durationText(sumOf(bars, ({ kind }) => kind !== 'waited'));
  return waited < 100 ? ran : `${ran}, waited ${durationText(waited)}`;
}

const exact = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium', dateStyle: 'short' });
const kinds = { waited: 'Waited', ran: 'Ran', try: 'Earlier try' };

function barTitle({ kind, from, to, status }: Bar): string {
  const what = kind === 'try' ? `${kinds.try}, ${statusWords[status].toLowerCase()}` : kinds[kind];
  return `${what} ${durationText(to - from)}: ${exact.format(from)} to ${exact.format(to)}`;
}
