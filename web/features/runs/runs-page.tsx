'use client';
import { Button, Code } from '@mantine/core';
import { useRouter } from 'next/navigation';
import { useRuns } from '../api/queries.ts';
import { PageHead } from '../lists/page-head.tsx';
import { Empty } from '../lists/states.tsx';
import { RunFilters } from './run-filters.tsx';
import { RunList } from './run-list.tsx';
import { useRunFilter } from './use-run-filter.ts';

export function RunsPage() {
  const router = useRouter();
  const { fields, set, filter, isNarrowed } = useRunFilter();
  const read = useRuns(filter);
  return (
    <>
      <PageHead title="Runs" />
      <RunFilters fields={fields} set={set} />
      <RunList
        read={read}
        label="Runs"
        rows={8}
        empty={
          isNarrowed ? (
            <Empty title="No run is like this">
              <Button variant="default" size="xs" onClick={() => router.push('/runs')}>
                Show all runs
              </Button>
            </Empty>
          ) : (
            <Empty title="Nothing has run yet">
              <p>A run is one execution of a Pipeline. Start one from a Pipeline's page, or with:</p>
              <Code>npx palvella run NAME</Code>
            </Empty>
          )
        }
      />
    </>
  );
}
