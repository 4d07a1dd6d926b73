'use client';
import { useRef } from 'react';
import { newKey } from './new-key.ts';

/**
 * One idempotency key for one try, told by what is asked for: a second click, or a try whose answer was lost, is the same;
 * something else that is asked for is another.
 */
export function useTryKey(): (asked: unknown) => string {
  const last = useRef<{ asked: string; key: string } | undefined>(undefined);
  return (asked) => {
    const text = JSON.stringify(asked);
    if (last.current?.asked !== text) last.current = { asked: text, key: newKey() };
    return last.current.key;
  };
}
