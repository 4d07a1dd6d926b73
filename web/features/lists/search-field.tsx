'use client';
import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTyped } from './typed.ts';

const settleMs = 200;

interface Props {
  label: string;
  /** Where there is more to say than that it searches. */
  placeholder?: string;
  size?: 'xs';
  q: string;
  onSearch: (q: string) => void;
}

/** Narrows a list down, once one pauses typing. */
export function SearchField({ label, placeholder = 'Search', size, q, onSearch }: Props) {
  const { typed, type, send } = useTyped(q, onSearch);
  const searchLater = useDebouncedCallback(send, settleMs);
  // What is written into the address while the next page is on its way would keep one here.
  useEffect(() => {
    const leave = (event: MouseEvent) => {
      const isElsewhere = event.target instanceof Element && event.target.closest('a[href]') !== null;
      if (isElsewhere && !event.ctrlKey && !event.metaKey && !event.shiftKey) searchLater.cancel();
    };
    document.addEventListener('click', leave, true);
    return () => document.removeEventListener('click', leave, true);
  }, [searchLater]);
  return (
    <TextInput
      aria-label={label}
      placeholder={placeholder}
      {...(size === undefined ? {} : { size })}
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
