'use client';
import { Autocomplete } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { apiPath, call } from '../api/client.ts';

const most = 20;

/** Which Pipeline a page is of: names are offered while one types. */
export function PipelineFilter({ value, onChange }: { value: string; onChange: (name: string) => void }) {
  const [typed, setTyped] = useState(value);
  const [asked, setAsked] = useState('');
  // Back and forward change what the address says.
  useEffect(() => setTyped(value), [value]);
  const settle = useDebouncedCallback((text: string) => {
    setAsked(text);
    onChange(text);
  }, 250);
  const names = useQuery({
    queryKey: ['pipeline-names', asked],
    queryFn: ({ signal }) =>
      call<{ items: { name: string }[] }>(
        'GET',
        apiPath(['definitions'], { kind: 'Pipeline', q: asked, limit: most }),
        { signal },
      ),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
  return (
    <Autocomplete
      aria-label="Pipeline"
      placeholder="Any Pipeline"
      leftSection={<IconSearch size={16} stroke={1.6} />}
      data={names.data?.items.map(({ name }) => name) ?? []}
      value={typed}
      limit={most}
      clearable
      data-list-search
      onChange={(text) => {
        setTyped(text);
        settle(text.trim());
      }}
      comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
    />
  );
}
