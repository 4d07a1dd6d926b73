'use client';
import { useEffect, useState } from 'react';

/** The line that `#L123` in the address names. */
export function useLineTarget(): [number | null, (n: number) => void] {
  const [target, setTarget] = useState<number | null>(null);
  useEffect(() => {
    const read = () => setTarget(lineOf(window.location.hash));
    read();
    window.addEventListener('hashchange', read);
    window.addEventListener('popstate', read);
    return () => {
      window.removeEventListener('hashchange', read);
      window.removeEventListener('popstate', read);
    };
  }, []);
  function set(n: number) {
    const { pathname, search } = window.location;
    window.history.replaceState(null, '', `${pathname}${search}#L${n}`);
    setTarget(n);
  }
  return [target, set];
}

function lineOf(hash: string): number | null {
  const n = /^#L([1-9]\d{0,9})$/.exec(hash)?.[1];
  return n === undefined ? null : Number(n);
}
