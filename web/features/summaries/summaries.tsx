'use client';
import { Button } from '@mantine/core';
import { useState } from 'react';
import type { SummaryItem } from '../../../core/api/summaries.ts';
import { later } from '../later/later.tsx';
import { Empty, Failure, Skeletons } from '../lists/states.tsx';
import type { Selection } from '../runs/selection.ts';
import { selectionSearch } from '../runs/selection.ts';
import classes from './markdown.module.css';
import { useSummary } from './queries.ts';

const Markdown = later(
  () => import('./markdown.tsx').then((room) => room.Markdown),
  () => <Skeletons rows={3} />,
);

/** So many are read at once. */
const shownAtFirst = 20;
/** Characters. */
const drawnAtFirst = 16 * 1024;

/** What the Actions of a run wrote of themselves, by Job, in the order of its plan. */
export function Summaries({
  runKey,
  items,
  onSelect,
}: {
  runKey: string;
  items: readonly SummaryItem[] | undefined;
  onSelect: (selection: Selection) => void;
}) {
  const [shown, setShown] = useState(shownAtFirst);
  if (items === undefined) return <Skeletons rows={4} />;
  if (items.length === 0) {
    return (
      <Empty title="No summary">
        <p>What an Action writes as Markdown to the file that $PALVELLA_SUMMARY names is shown here.</p>
      </Empty>
    );
  }
  return (
    <>
      {items.slice(0, shown).map(({ jobPath, action, size }) => {
        const selection = { job: jobPath, action };
        return (
          <section key={`${jobPath} ${action}`} className={classes.summary} aria-label={`Summary of ${jobPath}`}>
            <h2>
              <a
                href={selectionSearch('', selection)}
                data-row
                onClick={(event) => {
                  if (event.metaKey || event.ctrlKey || event.shiftKey) return;
                  event.preventDefault();
                  onSelect(selection);
                }}
              >
                {jobPath} › {action}
              </a>
            </h2>
            <SummaryText runKey={runKey} job={jobPath} action={action} size={size} />
          </section>
        );
      })}
      {shown < items.length ? (
        <Button variant="default" onClick={() => setShown(shown + shownAtFirst)}>
          Show more, {items.length - shown} are left
        </Button>
      ) : null}
    </>
  );
}

export function SummaryText({ runKey, ...of }: { runKey: string; job: string; action: string; size: number }) {
  const read = useSummary(runKey, of);
  if (read.data !== undefined) return <Cut text={read.data.text} />;
  return read.error === null ? (
    <Skeletons rows={3} />
  ) : (
    <Failure error={read.error} onRetry={() => void read.refetch()} />
  );
}

/** The beginning of what is long, up to an end of a line: a table of 10,000 rows would hold the page up for seconds. */
function Cut({ text }: { text: string }) {
  const [whole, setWhole] = useState(false);
  if (whole || text.length <= drawnAtFirst) return <Markdown text={text} />;
  const end = text.lastIndexOf('\n', drawnAtFirst);
  return (
    <>
      <Markdown text={text.slice(0, end === -1 ? drawnAtFirst : end)} />
      <Button variant="default" size="compact-sm" onClick={() => setWhole(true)}>
        Show the whole summary
      </Button>
    </>
  );
}
