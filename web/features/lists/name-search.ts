'use client';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, type QueryKey, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Page } from '../api/client.ts';

const most = 50;

/** What a `Select` takes whose names are found by a part of them, however many there are. Empty: none is chosen. */
export function useNameSearch({
  what,
  value,
  queryKey,
  find,
}: {
  what: string;
  value: string;
  queryKey: QueryKey;
  find: (query: { q: string; limit: number }, signal: AbortSignal) => Promise<Page<{ name: string }>>;
}) {
  const [typed, setTyped] = useState('');
  // What was chosen stands there as if it were typed.
  const wanted = typed === value ? '' : typed;
  const [asked] = useDebouncedValue(wanted, 200);
  const read = useQuery({
    queryKey: [...queryKey, asked],
    queryFn: ({ signal }) => find({ q: asked, limit: most }, signal),
    placeholderData: keepPreviousData,
  });
  const isRead = asked === wanted && read.data !== undefined && !read.isPlaceholderData;
  const found = read.data?.items.map(({ name }) => name) ?? [];
  const input = {
    searchable: true,
    data: value === '' || found.includes(value) ? found : [value, ...found],
    value: value === '' ? null : value,
    onSearchChange: setTyped,
    nothingFoundMessage: isRead ? `No ${what} is called so` : 'Looking…',
  };
  return { read, input };
}
