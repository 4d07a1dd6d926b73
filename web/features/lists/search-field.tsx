'use client';
import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useTyped } from './typed.ts';

const settleMs = 200;

/** Narrows a list down, once one pauses typing. */
export function SearchField({ label, q, onSearch }: { label: string; q: string; onSearch: (q: string) => void }) {
  const { typed, type, send } = useTyped(q, onSearch);
  const searchLater = useDebouncedCallback(send, settleMs);
  return (
    <TextInput
      aria-label={label}
      placeholder="Search"
      leftSection={<IconSearch size={16} stroke={1.6} />}
      value={typed}
      data-list-search
      onChange={(event) => {
        type(event.currentTarget.value);
        searchLater();
      }}
    />
  );
}
