'use client';
import { Badge, Code } from '@mantine/core';
import type { WorkerInfo } from '../../../core/api/objects.ts';
import { useWorkers } from '../api/queries.ts';
import lists from '../lists/lists.module.css';
import { PageHead } from '../lists/page-head.tsx';
import { Empty, ListStates } from '../lists/states.tsx';
import { StatusShape } from '../status/shape.tsx';
import { Time } from '../time/time.tsx';
import classes from './workers.module.css';

export function WorkersPage() {
  const read = useWorkers();
  const workers = read.data?.items;
  return (
    <>
      <PageHead title="Workers" />
      <ListStates
        read={read}
        count={workers?.length}
        rows={2}
        empty={
          <Empty title="No Worker has come yet">
            <p>A Worker runs Jobs on the Engines of its host. palvella start brings one; add another with:</p>
            <Code>npx palvella worker</Code>
          </Empty>
        }
      >
        <ul className={lists.list} aria-label="Workers">
          {workers?.map((worker) => (
            <WorkerRow key={worker.id} worker={worker} />
          ))}
        </ul>
      </ListStates>
    </>
  );
}

const states = {
  alive: { shape: 'succeeded', word: 'Alive' },
  lost: { shape: 'errored', word: 'Lost' },
  stopped: { shape: 'stopped', word: 'Stopped' },
} as const;

function WorkerRow({ worker }: { worker: WorkerInfo }) {
  const state = states[worker.state];
  return (
    <li className={`${lists.row} ${classes.row}`}>
      <span className={classes.state}>
        <StatusShape status={state.shape} />
        {state.word}
      </span>
      <span className={classes.host}>
        <strong>{worker.host}</strong>
        <span className={`${lists.quiet} ${classes.id}`}>
          {worker.id} · {worker.os}/{worker.arch}
        </span>
      </span>
      <span className={classes.engines}>
        {worker.engines.map((engine) => (
          <span key={engine.type} title={engine.found}>
            <strong>{engine.type}</strong> <span className={lists.quiet}>{engine.found}</span>
          </span>
        ))}
        {Object.entries(worker.labels).map(([name, value]) => (
          <Badge key={name} variant="default" size="sm" tt="none">
            {name}={value}
          </Badge>
        ))}
      </span>
      <span className={lists.number}>
        {worker.running} of {worker.capacity} Jobs
      </span>
      <span className={`${lists.quiet} ${lists.number}`}>
        seen <Time at={worker.seenAt} />
      </span>
    </li>
  );
}
