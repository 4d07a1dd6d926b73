'use client';
import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { PipelineNames } from './pipeline-names.tsx';
import { useTyped } from './typed.ts';

/**
 * Which Pipeline a page is of: names are offered while one types. What offers them is a sixth of the first page's script,
 * so it takes this input's place when that is first used.
 */
export function PipelineFilter({ value, onChange }: { value: string; onChange: (name: string) => void }) {
  const { typed, type, send } = useTyped(value, onChange);
  const [offers, setOffers] = useState<{ Names: typeof PipelineNames; isFocused: boolean }>();
  const plain = useRef<HTMLInputElement>(null);
  const settle = useDebouncedCallback(send, 250);
  const load = useCallback(() => {
    void import('./pipeline-names.tsx').then(({ PipelineNames: Names }) => {
      setOffers((had) => had ?? { Names, isFocused: document.activeElement === plain.current });
    });
  }, []);
  useEffect(() => {
    if (value !== '') load();
  }, [value, load]);

  function change(text: string) {
    type(text);
    settle();
  }
  const input = {
    'aria-label': 'Pipeline',
    placeholder: 'Any Pipeline',
    leftSection: <IconSearch size={16} stroke={1.6} />,
    value: typed,
    'data-list-search': true,
  };
  if (offers !== undefined) return <offers.Names {...input} onChange={change} autoFocus={offers.isFocused} />;
  return (
    <TextInput
      {...input}
      ref={plain}
      onChange={(event) => change(event.currentTarget.value)}
      onFocus={load}
      onPointerEnter={load}
    />
  );
}
