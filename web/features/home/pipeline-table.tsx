'use client';
import { Anchor, UnstyledButton } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import type { Stats, StatsOrder } from '../../../core/api/stats.ts';
import { Link } from '../links/link.tsx';
import lists from '../lists/lists.module.css';
import { pipelineHref } from '../runs/hrefs.ts';
import { Bars } from './bars.tsx';
import { bucketText, msText, percentText, smallBars, successRate } from './chart-data.ts';
import classes from './home.module.css';

const columns: readonly { order: StatsOrder; label: string; wideOnly?: true }[] = [
  { order: 'runs', label: 'Runs' },
  { order: 'broken', label: 'Broke' },
  { order: 'queue', label: 'Queue time', wideOnly: true },
  { order: 'slow', label: 'Run time' },
];

/** The Pipelines that lead by what is asked, which a click on a column's head changes. */
export function PipelineTable({
  stats,
  order,
  onOrder,
}: {
  stats: Stats;
  order: StatsOrder;
  onOrder: (order: string) => void;
}) {
  const labels = stats.buckets.map(({ at }) => bucketText(at, stats.bucket));
  return (
    <table className={classes.table}>
      <caption className={classes.caption}>Pipelines, {captions[order]} first</caption>
      <thead>
        <tr>
          <th scope="col">Pipeline</th>
          {columns.map((column) => (
            <th
              key={column.order}
              scope="col"
              className={lists.number}
              data-wide-only={column.wideOnly}
              aria-sort={column.order === order ? 'descending' : undefined}
            >
              <UnstyledButton
                className={classes.sort}
                onClick={() => onOrder(column.order === 'runs' ? '' : column.order)}
              >
                {column.label}
                <IconChevronDown size={14} stroke={2} aria-hidden data-on={column.order === order || undefined} />
              </UnstyledButton>
            </th>
          ))}
          <th scope="col" className={classes.wide}>
            Run time by {stats.bucket}
          </th>
        </tr>
      </thead>
      <tbody>
        {stats.pipelines.map((row) => (
          <tr key={row.pipeline}>
            <th scope="row" className={lists.clip}>
              <Anchor
                component={Link}
                href={pipelineHref(row.pipeline)}
                inherit
                title={row.pipeline}
                underline="hover"
                c="inherit"
              >
                {row.pipeline}
              </Anchor>
            </th>
            <td className={lists.number}>{row.runs}</td>
            <td className={lists.number} title={`${percentText(successRate(row))} succeeded`}>
              {row.broken}
            </td>
            <td className={lists.number} data-wide-only>
              {msText(row.queueMs.p50)}
            </td>
            <td className={lists.number}>{msText(row.runMs.p50)}</td>
            <td className={classes.wide}>
              <Bars title={`Run time of ${row.pipeline}`} bars={smallBars(row.buckets, labels)} small />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const captions: Record<StatsOrder, string> = {
  runs: 'those with most runs',
  broken: 'those that broke most often',
  slow: 'those that take longest',
  queue: 'those that queue longest',
};
