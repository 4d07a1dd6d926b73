'use client';
import { Anchor, Button, Group } from '@mantine/core';
import type { ScheduleSummary } from '../../../core/api/schedules.ts';
import { Link } from '../links/link.tsx';
import { useAddressParam } from '../lists/address.ts';
import lists from '../lists/lists.module.css';
import { More } from '../lists/more.tsx';
import { PageHead } from '../lists/page-head.tsx';
import { SearchField } from '../lists/search-field.tsx';
import { Empty, ListStates } from '../lists/states.tsx';
import { runHref, scheduleHref } from '../runs/hrefs.ts';
import { StatusShape } from '../status/shape.tsx';
import { statusWords } from '../status/words.ts';
import { Time } from '../time/time.tsx';
import { Paused } from './paused.tsx';
import { useSchedules } from './queries.ts';
import classes from './schedules.module.css';
import { Waiting } from './waiting.tsx';

export function SchedulesPage() {
  const [q, setQ] = useAddressParam('q');
  const read = useSchedules(q);
  const schedules = read.data?.pages.flatMap((page) => page.items);
  return (
    <>
      <PageHead title="Schedules">
        <Group gap="sm" className={classes.tools}>
          <SearchField label="Search schedules" q={q} onSearch={setQ} />
          <Button component={Link} href="/new-schedule">
            New schedule
          </Button>
        </Group>
      </PageHead>
      <ListStates
        read={read}
        count={schedules?.length}
        rows={4}
        empty={
          q === '' ? (
            <Empty title="Nothing starts by the clock yet">
              <p>A schedule starts a Pipeline every ten minutes, each night, on the first Monday of a month.</p>
              <Button component={Link} href="/new-schedule" size="xs">
                Make the first one
              </Button>
            </Empty>
          ) : (
            <Empty title={`No schedule is called like “${q}”`} />
          )
        }
      >
        <ul className={lists.list} aria-label="Schedules">
          {schedules?.map((schedule) => (
            <ScheduleRow key={schedule.name} schedule={schedule} />
          ))}
        </ul>
        <More pages={read} />
      </ListStates>
    </>
  );
}

/** Why there is no next time. */
const withoutTimes: Record<ScheduleSummary['state'], string> = {
  same: 'No more times',
  changed: 'No more times',
  pending: 'Begins within a minute',
  refused: 'Temporal does not take it',
};

function ScheduleRow({ schedule }: { schedule: ScheduleSummary }) {
  const { name, every, timeZone, paused, note, next, pipelines, lastRun, wait } = schedule;
  const [soonest] = next;
  return (
    <li className={`${lists.row} ${classes.row}`}>
      <span className={lists.name}>
        <Link href={scheduleHref(name)} className={lists.open} data-row>
          {name}
        </Link>
        <span className={lists.quiet}>
          {every}
          {timeZone === 'UTC' ? '' : `, ${timeZone}`}
        </span>
        {wait === null ? null : (
          <span className={lists.quiet}>
            <Waiting wait={wait} />
          </span>
        )}
      </span>
      <span className={`${lists.quiet} ${classes.what}`}>starts {pipelines.join(', ') || 'no Pipeline'}</span>
      <span className={classes.next}>
        {paused ? (
          <>
            <Paused />
            {note === null ? null : (
              <span className={`${lists.quiet} ${lists.clip}`} title={note}>
                {note}
              </span>
            )}
          </>
        ) : soonest === undefined ? (
          <span className={lists.quiet}>{withoutTimes[schedule.state]}</span>
        ) : (
          <span>
            next <Time at={soonest} />
          </span>
        )}
      </span>
      {lastRun === null ? (
        <span className={`${lists.quiet} ${classes.last}`}>Never run</span>
      ) : (
        <Anchor
          component={Link}
          href={runHref(lastRun)}
          className={`${lists.above} ${classes.last}`}
          underline="hover"
          inherit
          c="inherit"
        >
          <StatusShape status={lastRun.status} /> {statusWords[lastRun.status]}{' '}
          <span className={lists.quiet}>#{lastRun.number}</span>
        </Anchor>
      )}
    </li>
  );
}
