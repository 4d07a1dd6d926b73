'use client';
import { Code } from '@mantine/core';
import { useWorkers } from '../api/queries.ts';
import { useAddressParam } from '../lists/address.ts';
import lists from '../lists/lists.module.css';
import { matches } from '../lists/matches.ts';
import { PageHead } from '../lists/page-head.tsx';
import { SearchField } from '../lists/search-field.tsx';
import { Empty, ListStates } from '../lists/states.tsx';
import { WorkerRow } from './worker-row.tsx';
import { textsOf } from './worker-texts.ts';

export function WorkersPage() {
  const read = useWorkers();
  const [q, setQ] = useAddressParam('q');
  const workers = read.data?.items.filter((worker) => matches(q, textsOf(worker)));
  return (
    <>
      <PageHead title="Workers">
        <SearchField label="Search Workers" q={q} onSearch={setQ} />
      </PageHead>
      <ListStates
        read={read}
        count={workers?.length}
        rows={2}
        empty={
          q === '' ? (
            <Empty title="No Worker has come yet">
              <p>A Worker runs Jobs on the Engines of its host. palvella start brings one; add another with:</p>
              <Code>npx palvella worker</Code>
            </Empty>
          ) : (
            <Empty title={`No Worker is like “${q}”`} />
          )
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
