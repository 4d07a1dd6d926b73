'use client';
import { Code, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { type Status } from '../../../core/status.ts';
import { useRuns } from '../api/queries.ts';
import { useAddressParam } from '../lists/address.ts';
import { PageHead } from '../lists/page-head.tsx';
import { Empty } from '../lists/states.tsx';
import { statusWords } from '../status/words.ts';
import { RunList } from './run-list.tsx';
import classes from './runs.module.css';

const statusOptions = Object.entries(statusWords).map(([value, label]) => ({ value, label }));

export function RunsPage() {
  const [status, setStatus] = useAddressParam('status');
  const [pipeline, setPipeline] = useAddressParam('pipeline');
  const [typed, setTyped] = useState(pipeline);
  const filterLater = useDebouncedCallback(setPipeline, 250);
  const filtered = status !== '' || pipeline !== '';
  const read = useRuns({ ...(status === '' ? {} : { status }), ...(pipeline === '' ? {} : { pipeline }) });
  return (
    <>
      <PageHead title="Runs">
        <div className={classes.filters}>
          <TextInput
            aria-label="Pipeline"
            placeholder="Pipeline's name"
            leftSection={<IconSearch size={16} stroke={1.6} />}
            value={typed}
            data-list-search
            onChange={(event) => {
              setTyped(event.currentTarget.value);
              filterLater(event.currentTarget.value.trim());
            }}
          />
          <Select
            aria-label="Status"
            placeholder="Any status"
            data={statusOptions}
            value={status === '' ? null : (status as Status)}
            onChange={(value) => setStatus(value ?? '')}
            clearable
            w={160}
          />
        </div>
      </PageHead>
      <RunList
        read={read}
        label="Runs"
        rows={8}
        empty={
          filtered ? (
            <Empty title="No run is like this">
              <p>Choose another status or Pipeline.</p>
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
