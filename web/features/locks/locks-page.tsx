'use client';
import { Code } from '@mantine/core';
import lists from '../lists/lists.module.css';
import { PageHead } from '../lists/page-head.tsx';
import { Empty, ListStates } from '../lists/states.tsx';
import { PauseButton } from '../pause/pause-button.tsx';
import { LockRow } from './lock-row.tsx';
import { useLocks } from './queries.ts';

/** Who has which locks and places in groups, and who is next. */
export function LocksPage() {
  const read = useLocks();
  const locks = read.data?.items;
  return (
    <>
      <PageHead title="Locks and groups">
        <PauseButton />
      </PageHead>
      <ListStates
        read={read}
        count={locks?.length}
        rows={2}
        empty={
          <Empty title="Nobody has or waits for a lock or a group">
            <p>
              A Pipeline or Job that must not run beside another names a lock; one of which only some may run, a group:
            </p>
            <Code>locks: [production]</Code>
            <Code>{'concurrency: { group: deploys, limit: 2 }'}</Code>
          </Empty>
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
