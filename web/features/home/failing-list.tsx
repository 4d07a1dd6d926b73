'use client';
import type { FailingPipeline } from '../../../core/api/stats.ts';
import { Link } from '../links/link.tsx';
import lists from '../lists/lists.module.css';
import { Empty, ListStates } from '../lists/states.tsx';
import { runHref } from '../runs/hrefs.ts';
import { StatusLine } from '../status/status.tsx';
import { Time } from '../time/time.tsx';
import classes from './home.module.css';
import type { useFailing } from './queries.ts';

export function FailingList({ read }: { read: ReturnType<typeof useFailing> }) {
  const items = read.data?.items;
  return (
    <ListStates
      read={read}
      count={items?.length}
      rows={2}
      empty={<Empty title="Every Pipeline's last run ended well" />}
    >
      <ul className={lists.list} aria-label="Failing Pipelines">
        {items?.map((each) => (
          <FailingRow key={each.pipeline} of={each} />
        ))}
      </ul>
    </ListStates>
  );
}

function FailingRow({ of }: { of: FailingPipeline }) {
  return (
    <li className={`${lists.row} ${classes.failingRow}`}>
      <Link href={runHref(of)} className={`${lists.open} ${classes.failingName}`} data-row title={of.pipeline}>
        <span className={lists.clip}>{of.pipeline}</span>
        <span className={lists.quiet}>#{of.number}</span>
      </Link>
      <span className={`${lists.quiet} ${lists.number}`}>
        <Time at={of.endedAt} />
      </span>
      <StatusLine of={{ ...of, startedAt: null }} />
      <span className={`${lists.quiet} ${lists.number}`}>
        {of.succeeded === null ? (
          'never succeeded'
        ) : (
          <Link href={runHref({ ...of, ...of.succeeded })} className={lists.above}>
            good <Time at={of.succeeded.endedAt} />
          </Link>
        )}
      </span>
    </li>
  );
}
