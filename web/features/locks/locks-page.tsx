'use client';
import { Code, Group } from '@mantine/core';
import { useAddressParam } from '../lists/address.ts';
import lists from '../lists/lists.module.css';
import { matches } from '../lists/matches.ts';
import { PageHead } from '../lists/page-head.tsx';
import { SearchField } from '../lists/search-field.tsx';
import { Empty, ListStates } from '../lists/states.tsx';
import { PauseButton } from '../pause/pause-button.tsx';
import { holderName } from '../status/wait-text.ts';
import { LockRow } from './lock-row.tsx';
import { useLocks } from './queries.ts';

/** Who has which locks and places in groups, and who is next. */
export function LocksPage() {
  const read = useLocks();
  const [q, setQ] = useAddressParam('q');
  const locks = read.data?.items.filter(({ name, holders, waiting }) =>
    matches(q, [name, ...[...holders, ...waiting].map(holderName)]),
  );
  return (
    <>
      <PageHead title="Locks and groups">
        <Group gap="sm">
          <SearchField label="Search locks and groups" q={q} onSearch={setQ} />
          <PauseButton />
        </Group>
      </PageHead>
      <ListStates
        read={read}
        count={locks?.length}
        rows={2}
        empty={
          q === '' ? (
            <Empty title="Nobody has or waits for a lock or a group">
              <p>
                A Pipeline or Job that must not run beside another names a lock; one of which only some may run, a
                group:
              </p>
              <Code>locks: [production]</Code>
              <Code>{'concurrency: { group: deploys, limit: 2 }'}</Code>
            </Empty>
          ) : (
            <Empty title={`Nothing here is like “${q}”: no lock or group, nobody who has or waits for one`} />
          )
        }
      >
        <ul className={lists.list} aria-label="Locks and groups">
          {locks?.map((lock) => (
            <LockRow key={`${lock.kind} ${lock.name}`} lock={lock} />
          ))}
        </ul>
      </ListStates>
    </>
  );
}
