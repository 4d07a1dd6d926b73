'use client';
import { useEffect, useState } from 'react';
import { api } from '../api/client.ts';
import { type Found, nothingFound, searchLines } from './search.ts';

const pageLines = 5_000;

/** Reads the log through, from its start, for `query`; goes on when lines come. */
export function useLogSearch(of: { run: string; job: string; action: string }, query: string, total: number): Found {
  const { run, job, action } = of;
  const key = `${run}\n${job}\n${action}\n${query}`;
  const [state, setState] = useState<{ key: string; found: Found }>({ key, found: nothingFound });
  const found = state.key === key ? state.found : nothingFound;
  const isBehind = query !== '' && found.upTo < total && !found.more;

  useEffect(() => {
    if (!isBehind) return;
    const abort = new AbortController();
    api
      .log(run, { job, action, from: found.upTo + 1, limit: pageLines }, abort.signal)
      .then((page) => setState({ key, found: searchLines(found, page.lines, query) }))
      .catch(() => undefined);
    return () => abort.abort();
  }, [isBehind, found, key, run, job, action, query]);
  return found;
}
