'use client';
import { Tabs, Title } from '@mantine/core';
import type { ScheduleDetail } from '../../../core/api/schedules.ts';
import { DefinitionButtons } from '../library/definition-buttons.tsx';
import { useAddressParam } from '../lists/address.ts';
import { LinkedNames } from '../lists/linked-names.tsx';
import lists from '../lists/lists.module.css';
import { NoSuch, NotThere } from '../lists/not-there.tsx';
import page from '../lists/page.module.css';
import { PageHead } from '../lists/page-head.tsx';
import { SavedSource } from '../pipelines/source.tsx';
import { pipelineHref } from '../runs/hrefs.ts';
import { durationText } from '../time/duration-text.ts';
import { Backfill } from './backfill.tsx';
import { ChangedOutside } from './changed-outside.tsx';
import { Firings } from './firings.tsx';
import { NextTimes } from './next-times.tsx';
import { Notice } from './notice.tsx';
import { overlapText } from './overlaps.ts';
import { PauseButton } from './pause-button.tsx';
import { Paused } from './paused.tsx';
import { useSchedule } from './queries.ts';
import { RunNow } from './run-now.tsx';
import classes from './schedules.module.css';
import { Waiting } from './waiting.tsx';

export function SchedulePage({ name }: { name: string }) {
  const read = useSchedule(name);
  if (read.data === undefined) {
    const gone = <NoSuch what="schedule" href="/schedules" all="All schedules" />;
    return <NotThere title={name} read={read} gone={gone} />;
  }
  return <Schedule schedule={read.data} />;
}

function Schedule({ schedule }: { schedule: ScheduleDetail }) {
  const { name, description, paused, note, state, refusal } = schedule;
  const [tab, setTab] = useAddressParam('tab', ['source']);
  return (
    <>
      <PageHead
        title={
          <>
            {name} {paused ? <Paused /> : null}
          </>
        }
      >
        <div className={lists.tools}>
          <PauseButton schedule={schedule} />
          <RunNow name={name} pipelines={schedule.pipelines} />
          <DefinitionButtons kind="Trigger" name={name} version={schedule.version} isSchedule />
        </div>
      </PageHead>
      {description === null ? null : <p className={page.description}>{description}</p>}
      {paused && note !== null ? (
        <Notice color="yellow" title="It starts nothing by the clock">
          {note}
        </Notice>
      ) : null}
      {state === 'changed' ? <ChangedOutside name={name} /> : null}
      {state === 'refused' ? (
        <Notice color="red" title={`Temporal does not take version ${schedule.version}`}>
          It says: {refusal}. {schedule.next.length === 0 ? 'It starts nothing' : 'It goes by what it had before'} until
          its Trigger is saved with times and a time zone that Temporal knows.
        </Notice>
      ) : null}
      {state === 'pending' ? (
        <Notice color="gray" title={`Temporal is told of version ${schedule.version} within a minute`}>
          Until then it goes by what it had before.
        </Notice>
      ) : null}
      <div className={page.columns}>
        <Tabs
          value={tab === '' ? 'firings' : tab}
          onChange={(value) => setTab(value === 'firings' ? '' : (value ?? ''))}
          keepMounted={false}
        >
          <Tabs.List mb="md">
            <Tabs.Tab value="firings">Starts</Tabs.Tab>
            <Tabs.Tab value="source">YAML</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="firings">
            <Firings firings={schedule.firings} started={schedule.started} />
          </Tabs.Panel>
          <Tabs.Panel value="source">
            <SavedSource kind="Trigger" name={name} />
          </Tabs.Panel>
        </Tabs>
        <section className={`${page.side} ${classes.side}`} aria-label="When it starts">
          <Facts schedule={schedule} />
          <div>
            <Title order={2} size="h5" mb={4}>
              {paused ? 'Next times, were it not paused' : 'Next times'}
            </Title>
            {schedule.next.length === 0 ? (
              <p>There are none.</p>
            ) : (
              <NextTimes next={schedule.next} timeZone={schedule.timeZone} label="Next times" />
            )}
          </div>
          <Backfill name={name} />
        </section>
      </div>
    </>
  );
}

function Facts({ schedule }: { schedule: ScheduleDetail }) {
  const { every, pipelines, overlap, running, started, skipped, missed, jitter, catchUp, wait } = schedule;
  return (
    <dl className={classes.facts}>
      <dt>When</dt>
      <dd>
        {every}
        {jitter === 0 ? '' : `, each up to ${durationText(jitter * 1000)} later`}
      </dd>
      <dt>Starts</dt>
      <dd>
        <LinkedNames names={pipelines} hrefOf={pipelineHref} />
      </dd>
      <dt>While an earlier start goes on</dt>
      <dd>
        {overlapText(overlap)}
        {running === 0 ? '' : `; ${running === 1 ? 'one goes' : `${running} go`} on now`}
      </dd>
      {wait === null ? null : (
        <>
          <dt>Waiting</dt>
          <dd>
            <Waiting wait={wait} />
          </dd>
        </>
      )}
      <dt>Missed starts</dt>
      <dd>made up for within {durationText(catchUp * 1000)}</dd>
      <dt>So far</dt>
      <dd>
        {started} started, {skipped} left out as an earlier one went on, {missed} missed
      </dd>
    </dl>
  );
}
