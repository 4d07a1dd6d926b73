'use client';
import { usePathname, useSearchParams } from 'next/navigation';

/**
 * A filter that lives in the address, so that back and a sent link show the same list. What is not one of `among` is as
 * if it were not there.
 */
export function useAddressParam(name: string, among?: readonly string[]): [string, (value: string) => void] {
  const search = useSearchParams();
  const pathname = usePathname();
  function set(value: string) {
    const next = new URLSearchParams(window.location.search);
    if (value === '') next.delete(name);
    else next.set(name, value);
    window.history.replaceState(null, '', next.size === 0 ? pathname : `${pathname}?${next}`);
  }
  const value = search.get(name) ?? '';
  return [among === undefined || among.includes(value) ? value : '', set];
}
