'use client';
import { Tabs } from '@mantine/core';
import { useCallback, useMemo, useRef } from 'react';
import type { RunDetail } from '../../../core/api/objects.ts';
import { useFiles, useRun } from '../api/queries.ts';
import { ApprovalPanels } from '../approvals/approval-panels.tsx';
import { FilesTab } from '../files/files-tab.tsx';
import { RelativeRuns } from '../forks/relatives.tsx';
import { runItems } from '../graph/run-items.ts';
import { later, soon } from '../later/later.tsx';
import { useAddressParam } from '../lists/address.ts';
import { NoSuch, NotThere } from '../lists/not-there.tsx';
import { Empty, OrFailure, Skeletons } from '../lists/states.tsx';
import { Notifications } from '../notifications/notifications.tsx';
import { isOpen } from '../status/words.ts';
import { useSummaries } from '../summaries/queries.ts';
import { Summaries } from '../summaries/summaries.tsx';
import { runsHref } from './hrefs.ts';
import { JobDetail } from './job-detail.tsx';
import { JobsList } from './jobs-list.tsx';
import { LostWorkers } from './lost-workers.tsx';
import classes from './run.module.css';
import { RunHead } from './run-head.tsx';
import { defaultAction, type Selection } from './selection.ts';
import { select, useSelection } from './use-selection.ts';
import { Values } from './values.tsx';
import { WaitPanels } from './wait-panels.tsx';

/** Beside the first, which is shown when the address names none. */
const tabs = ['timeline', 'summary', 'parameters', 'outputs', 'files'];

const Graph = soon(
  () => import('../graph/graph.tsx').then((room) => room.Graph),
  () => <div className={classes.graphPlace} />,
);

const Timeline = later(
  () => import('../timeline/timeline.tsx').then((room) => room.Timeline),
  () => <Skeletons rows={6} />,
);

export function RunPage({ pipeline, number }: { pipeline: string; number: number }) {
  const key = `${pipeline}/${number}`;
  const read = useRun(key);
  if (read.data !== undefined) return <Run run={read.data} runKey={key} />;
  const gone = <NoSuch what="run" href={runsHref(pipeline)} all={`Runs of ${pipeline}`} />;
  return <NotThere title={`${pipeline} #${number}`} read={read} rows={8} gone={gone} />;
}

function Run({ run, runKey }: { run: RunDetail; runKey: string }) {
  const { selection, pin } = useSelection(run.jobs);
  const [tab, setTab] = useAddressParam('tab', tabs);
  const items = useMemo(() => runItems(run.jobs), [run.jobs]);
  const states = useMemo(() => new Map(run.jobs.map((job) => [job.path, job])), [run.jobs]);
  const files = useFiles(runKey, run.seq, { enabled: tab === 'files' || !isOpen(run.status) }).data?.pages[0];
  const summariesRead = useSummaries(runKey, run.seq);
  const summaries = summariesRead.data?.items;
  const job = selection === null ? undefined : states.get(selection.job);

  const detail = useRef<HTMLDivElement>(null);

  const show = useCallback((next: Selection) => {
    select(next);
    const isStacked = window.matchMedia('(max-width: 62em)').matches;
    if (isStacked) detail.current?.scrollIntoView({ block: 'start' });
  }, []);
  function selectJob(path: string) {
    const chosen = states.get(path);
    if (chosen !== undefined) select({ job: path, action: defaultAction(chosen) });
  }
  return (
    <>
      <RunHead run={run} runKey={runKey} selected={job} />
      <RelativeRuns runKey={runKey} pipeline={run.pipeline} />
      <ApprovalPanels runKey={runKey} jobs={run.jobs} />
      <WaitPanels run={run} />
      <LostWorkers runKey={runKey} jobs={run.jobs} />
      <Notifications runKey={runKey} version={run.seq} />
      <Graph items={items} states={states} selected={selection?.job ?? null} onSelect={selectJob} />
      <Tabs
        value={tab === '' ? 'jobs' : tab}
        onChange={(value) => setTab(value === 'jobs' ? '' : (value ?? ''))}
        keepMounted={false}
        mt="md"
      >
        <Tabs.List mb="sm">
          <Tabs.Tab value="jobs">Jobs</Tabs.Tab>
          <Tabs.Tab value="timeline">Timeline</Tabs.Tab>
          <Tabs.Tab value="summary">
            Summary{summaries === undefined || summaries.length === 0 ? '' : ` (${summaries.length})`}
          </Tabs.Tab>
          <Tabs.Tab value="parameters">Parameters</Tabs.Tab>
          <Tabs.Tab value="outputs">Outputs</Tabs.Tab>
          <Tabs.Tab value="files">Files{files === undefined || files.count === 0 ? '' : ` (${files.count})`}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="jobs">
          {job === undefined ? (
            <Empty title="No Job has been planned yet" />
          ) : (
            <div className={classes.columns}>
              <JobsList jobs={run.jobs} selection={selection} onSelect={show} />
              <div ref={detail} className={classes.detail}>
                <JobDetail
                  runKey={runKey}
                  job={job}
                  action={selection?.action ?? null}
                  summaries={summaries ?? []}
                  onPin={pin}
                />
              </div>
            </div>
          )}
        </Tabs.Panel>
        <Tabs.Panel value="timeline">
          <Timeline run={run} selected={selection?.job} onSelect={show} />
        </Tabs.Panel>
        <Tabs.Panel value="summary">
          <OrFailure read={summariesRead}>
            <Summaries runKey={runKey} items={summaries} onSelect={show} />
          </OrFailure>
        </Tabs.Panel>
        <Tabs.Panel value="parameters">
          <Values values={run.parameters} empty="This run was given no parameters." />
        </Tabs.Panel>
        <Tabs.Panel value="outputs">
          <Outputs run={run} />
        </Tabs.Panel>
        <Tabs.Panel value="files">
          <FilesTab runKey={runKey} version={run.seq} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}

function Outputs({ run }: { run: RunDetail }) {
  const jobs = run.jobs.filter((job) => Object.keys(job.output).length > 0);
  if (jobs.length === 0) return <Empty title="No Job has left an output" />;
  return jobs.map((job) => (
    <section key={job.path} className={classes.outputOf} aria-label={`Outputs of ${job.path}`}>
      <h2>{job.path}</h2>
      <Values values={job.output} empty="" />
    </section>
  ));
}
