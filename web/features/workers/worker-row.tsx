'use client';
import { Anchor, Badge } from '@mantine/core';
import type { WorkerInfo } from '../../../core/api/objects.ts';
import { Link } from '../links/link.tsx';
import lists from '../lists/lists.module.css';
import { runHref } from '../runs/hrefs.ts';
import { StatusShape } from '../status/shape.tsx';
import { Time } from '../time/time.tsx';
import { DrainButton } from './drain-button.tsx';
import { stateOf } from './worker-texts.ts';
import classes from './workers.module.css';

/** One Worker: what it is, has and could run. */
export function WorkerRow({ worker }: { worker: WorkerInfo }) {
  const state = stateOf(worker);
  return (
    <li className={`${lists.row} ${classes.row}`}>
      <span className={classes.state}>
        <StatusShape status={state.shape} />
        {state.word}
      </span>
      <div className={classes.host}>
        <strong>{worker.host}</strong>
        <span className={`${lists.quiet} ${classes.id}`}>
          {worker.id} · {worker.os}/{worker.arch}
        </span>
      </div>
      <div className={classes.engines}>
        {worker.engines.map((engine) => (
          <span key={engine.type}>
            <strong>{engine.type}</strong> <span className={lists.quiet}>{engine.found}</span>
          </span>
        ))}
        <Labels labels={worker.labels} />
      </div>
      <span className={`${lists.number} ${classes.load}`}>
        {worker.running} of {worker.capacity} places
      </span>
      <span className={`${lists.quiet} ${lists.number} ${classes.seen}`}>
        seen <Time at={worker.seenAt} />
      </span>
      <DrainButton worker={worker} />
      <div className={classes.more}>
        <Note worker={worker} />
        {worker.jobs.length === 0 ? null : (
          <ul className={classes.jobs} aria-label={`Jobs of ${worker.host}`}>
            {worker.jobs.map((job) => (
              <li key={`${job.runId}/${job.path}`}>
                <Anchor component={Link} href={runHref(job)} inherit>
                  {job.pipeline} #{job.number}
                </Anchor>{' '}
                <span className={lists.quiet}>{job.path}</span>
              </li>
            ))}
          </ul>
        )}
        <Serves serves={worker.serves} />
      </div>
    </li>
  );
}

function Labels({ labels }: Pick<WorkerInfo, 'labels'>) {
  const pairs = Object.entries(labels);
  if (pairs.length === 0) return null;
  return (
    <div className={classes.labels}>
      {pairs.map(([name, value]) => (
        <Badge key={name} variant="default" size="sm" tt="none">
          {name}={value}
        </Badge>
      ))}
    </div>
  );
}

function Note({ worker: { state, draining, drained } }: { worker: WorkerInfo }) {
  if (!draining) return null;
  if (state !== 'alive') return <p>It takes no new Job when it is back.</p>;
  return <p>{drained ? 'It has no Job any more and takes none.' : 'It finishes these Jobs and takes no new one.'}</p>;
}

/** Only what is more than its Engines, which are said above. */
function Serves({ serves }: Pick<WorkerInfo, 'serves'>) {
  const more = serves.filter(({ requires }) => Object.keys(requires).length > 0);
  if (more.length === 0) return null;
  return (
    <details className={classes.serves}>
      <summary>
        Meets {more.length} {more.length === 1 ? 'requirement' : 'requirements'} of saved files
      </summary>
      <ul>
        {more.map(({ engine, requires }) => {
          const labels = Object.entries(requires).map(([name, value]) => `${name}=${value}`);
          return <li key={`${engine} ${labels}`}>{`${engine} with ${labels.join(', ')}`}</li>;
        })}
      </ul>
    </details>
  );
}
