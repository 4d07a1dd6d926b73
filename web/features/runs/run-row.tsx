import type { RunSummary } from '../../../core/api/objects.ts';
import { Link } from '../links/link.tsx';
import lists from '../lists/lists.module.css';
import { useWho } from '../session/who.ts';
import { StatusShape } from '../status/shape.tsx';
import { StatusLine } from '../status/status.tsx';
import { Duration, Time } from '../time/time.tsx';
import { runHref } from './hrefs.ts';
import classes from './runs.module.css';

/** A run in a list. `bare`: the list is of one Pipeline, whose name goes without saying. */
export function RunRow({ run, bare = false }: { run: RunSummary; bare?: boolean }) {
  const who = useWho();
  return (
    <li className={`${lists.row} ${classes.runRow}`}>
      <Link href={runHref(run)} className={`${lists.open} ${classes.runName}`} data-row title={run.pipeline}>
        {bare ? null : <span className={lists.clip}>{run.pipeline}</span>}
        <span className={bare ? undefined : lists.quiet}>#{run.number}</span>
      </Link>
      <span className={classes.runStatus}>
        {/* The time has a column of its own. */}
        <StatusLine of={{ ...run, startedAt: null }} />
      </span>
      <span className={`${lists.quiet} ${lists.clip} ${classes.wideOnly}`}>by {who(run.startedBy)}</span>
      <span className={`${lists.quiet} ${lists.number}`}>
        <Time at={run.queuedAt} />
      </span>
      <span className={`${lists.number} ${classes.wideOnly}`}>
        <Duration from={run.startedAt} to={run.endedAt} />
      </span>
    </li>
  );
}

/** The last runs as shapes, oldest first, each a link. */
export function RunShapes({ runs }: { runs: readonly RunSummary[] }) {
  return (
    <span className={classes.shapes}>
      {[...runs].reverse().map((run) => (
        <Link key={run.id} href={runHref(run)} title={`#${run.number}`} className={lists.above}>
          <StatusShape status={run.status} label={`#${run.number} ${run.status.replace('_', ' ')}`} />
        </Link>
      ))}
    </span>
  );
}
