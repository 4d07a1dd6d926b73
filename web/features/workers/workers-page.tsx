'use client';
import { Code } from '@mantine/core';
import { useWorkers } from '../api/queries.ts';
import lists from '../lists/lists.module.css';
import { PageHead } from '../lists/page-head.tsx';
import { Empty, ListStates } from '../lists/states.tsx';
import { WorkerRow } from './worker-row.tsx';

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
