'use client';
import { Anchor, Checkbox, Select } from '@mantine/core';
import type { ReactNode } from 'react';
import type { RunDetail } from '../../../core/api/objects.ts';
import { useRun, useRuns } from '../api/queries.ts';
import { Link } from '../links/link.tsx';
import { useAddressParam } from '../lists/address.ts';
import { PageHead } from '../lists/page-head.tsx';
import { Empty, Failure, QuietFailure, Skeletons } from '../lists/states.tsx';
import { pipelineHref, runHref } from '../runs/hrefs.ts';
import { StatusLine } from '../status/status.tsx';
import { Duration } from '../time/time.tsx';
import classes from './compare.module.css';
import { compareRuns } from './compare-runs.ts';
import { JobPairs, ValueRows } from './compare-tables.tsx';

const runName = /^[^/]+\/[1-9]\d*$/;

/** Two runs side by side, named in the address. */
export function ComparePage() {
  const [a, setA] = useAddressParam('a');
  const [b, setB] = useAddressParam('b');
  const head = <PageHead title="Compare runs" />;
  if (!runName.test(a) || !runName.test(b)) {
    return (
      <>
        {head}
        <Empty title="Two runs are to be named">
          <p>Open a run that was forked or retried and choose “Compare with #…” there.</p>
        </Empty>
      </>
    );
  }
  return (
    <>
      {head}
      <Both a={a} b={b} onA={setA} onB={setB} />
    </>
  );
}

function Both({ a, b, onA, onB }: { a: string; b: string; onA: (run: string) => void; onB: (run: string) => void }) {
  const [ofA, ofB] = [useRun(a), useRun(b)];
  const [only, setOnly] = useAddressParam('only', ['different']);
  for (const read of [ofA, ofB]) {
    if (read.data === undefined && read.error !== null) {
      return <Failure error={read.error} onRetry={() => void read.refetch()} />;
    }
  }
  if (ofA.data === undefined || ofB.data === undefined) return <Skeletons rows={8} />;
  const { parameters, jobs } = compareRuns(ofA.data, ofB.data);
  const isShown = ({ differs }: { differs: boolean }) => only === '' || differs;
  return (
    <>
      <div className={classes.sides}>
        <Side run={ofA.data} label="First run" onRun={onA} />
        <Side run={ofB.data} label="Second run" onRun={onB} />
      </div>
      <Versions a={ofA.data} b={ofB.data} />
      <Checkbox
        label="Only what differs"
        checked={only !== ''}
        onChange={(event) => setOnly(event.currentTarget.checked ? 'different' : '')}
        mb="md"
      />
      <Section title="Parameters">
        <ValueRows rows={parameters.filter(isShown)} empty={none(parameters.length, 'Neither run was given any.')} />
      </Section>
      <Section title="Jobs">
        <JobPairs
          a={ofA.data}
          b={ofB.data}
          pairs={jobs.filter(isShown)}
          empty={none(jobs.length, 'No Job is known yet.')}
        />
      </Section>
    </>
  );
}

function none(count: number, empty: string): string {
  return count === 0 ? empty : 'Nothing differs.';
}

/** Which run, how it went, and another of its Pipeline in its place. */
function Side({ run, label, onRun }: { run: RunDetail; label: string; onRun: (run: string) => void }) {
  const read = useRuns({ pipeline: run.pipeline, limit: 50 });
  const others = read.data?.pages[0]?.items ?? [];
  const numbers = [...new Set([run.number, ...others.map(({ number }) => number)])].sort((x, y) => y - x);
  return (
    <div className={classes.side}>
      <Select
        aria-label={label}
        data={numbers.map((number) => ({ value: `${run.pipeline}/${number}`, label: `${run.pipeline} #${number}` }))}
        value={`${run.pipeline}/${run.number}`}
        onChange={(name) => onRun(name ?? `${run.pipeline}/${run.number}`)}
        allowDeselect={false}
        searchable
      />
      <QuietFailure read={read} what="Other runs" />
      <p>
        <StatusLine of={run} />
      </p>
      <p className={classes.quiet}>
        <Anchor component={Link} href={runHref(run)} inherit>
          Open {run.pipeline} #{run.number}
        </Anchor>
        {` · version ${run.version} · `}
        <Duration from={run.startedAt} to={run.endedAt} />
      </p>
    </div>
  );
}

function Versions({ a, b }: { a: RunDetail; b: RunDetail }) {
  if (a.pipeline !== b.pipeline || a.version === b.version) return null;
  const [older, newer] = a.version < b.version ? [a.version, b.version] : [b.version, a.version];
  return (
    <p className={classes.versions}>
      <Anchor component={Link} href={`${pipelineHref(a.pipeline)}?tab=versions&compare=${older}..${newer}`} inherit>
        What changed between versions {older} and {newer}
      </Anchor>
    </p>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={classes.section} aria-label={title}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}
