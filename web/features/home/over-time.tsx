'use client';
import { SegmentedControl, Text, Title } from '@mantine/core';
import type { Stats, StatsOrder, StatsRange } from '../../../core/api/stats.ts';
import { useAddressParam } from '../lists/address.ts';
import { PipelineFilter } from '../lists/pipeline-filter.tsx';
import { Empty, ListStates } from '../lists/states.tsx';
import { Bars } from './bars.tsx';
import { bucketText, countBars, durationBars, msText, percentText, runsText, successRate } from './chart-data.ts';
import classes from './home.module.css';
import { PipelineTable } from './pipeline-table.tsx';
import { useStats } from './queries.ts';

/** The first is what the address says by saying nothing. */
const ranges: readonly { value: StatsRange; label: string }[] = [
  { value: '7d', label: '7 days' },
  { value: '1d', label: '24 hours' },
  { value: '30d', label: '30 days' },
];
const shown = ['1d', '7d', '30d'].map((value) => ranges.find((range) => range.value === value) as (typeof ranges)[0]);
const orders: readonly StatsOrder[] = ['runs', 'broken', 'slow', 'queue'];

/** How runs went, by hour or day and by Pipeline; what is chosen is in the address. */
export function OverTime() {
  const [range, setRange] = useAddressParam(
    'range',
    shown.map(({ value }) => value),
  );
  const [order, setOrder] = useAddressParam('order', orders);
  const [pipeline, setPipeline] = useAddressParam('pipeline');
  const chosen = (range === '' ? '7d' : range) as StatsRange;
  const read = useStats({ range: chosen, order: (order === '' ? 'runs' : order) as StatsOrder, pipeline });
  const stats = read.data;
  return (
    <section aria-label="Over time">
      <div className={classes.sectionHead}>
        <Title order={2} size="h5">
          Over time
        </Title>
        <div className={classes.filters}>
          <PipelineFilter value={pipeline} onChange={setPipeline} />
          <SegmentedControl
            aria-label="How far back"
            data={[...shown]}
            value={chosen}
            onChange={(value) => setRange(value === '7d' ? '' : value)}
          />
        </div>
      </div>
      <ListStates
        read={read}
        count={stats?.total.runs}
        rows={3}
        empty={<Empty title={pipeline === '' ? 'Nothing ran in this time' : `${pipeline} did not run in this time`} />}
      >
        {stats === undefined ? null : (
          <div className={classes.overTime} data-old={read.isPlaceholderData || undefined}>
            <Charts stats={stats} />
            {pipeline === '' ? (
              <PipelineTable stats={stats} order={order === '' ? 'runs' : (order as StatsOrder)} onOrder={setOrder} />
            ) : null}
          </div>
        )}
      </ListStates>
    </section>
  );
}

function Charts({ stats }: { stats: Stats }) {
  const { total, buckets, bucket } = stats;
  const label = (at: string) => bucketText(at, bucket);
  const charts = [
    {
      title: 'Succeeded',
      value: percentText(successRate(total)),
      more: runsText(total),
      bars: countBars(buckets, label),
    },
    {
      title: 'Usual queue time',
      value: msText(total.queueMs.p50),
      more: `19 of 20 within ${msText(total.queueMs.p95)}`,
      bars: durationBars(buckets, 'queueMs', label),
    },
    {
      title: 'Usual run time',
      value: msText(total.runMs.p50),
      more: `19 of 20 within ${msText(total.runMs.p95)}`,
      bars: durationBars(buckets, 'runMs', label),
    },
  ];
  return (
    <div className={classes.charts}>
      {charts.map(({ title, value, more, bars }) => (
        <section key={title} className={classes.chart} aria-label={title}>
          <Text size="sm" c="dimmed">
            {title}
          </Text>
          <p className={classes.figure}>
            {value} <span>{more}</span>
          </p>
          <Bars title={title} bars={bars} />
          <div className={classes.axis} aria-hidden>
            <span>{bars[0]?.at}</span>
            <span>{bars.at(-1)?.at}</span>
          </div>
        </section>
      ))}
    </div>
  );
}
