'use client';
import type { Status } from '../../../core/status.ts';
import type { RunsFilter } from '../api/queries.ts';
import { useAddressParam } from '../lists/address.ts';
import { statusWords } from '../status/words.ts';
import { spanOf } from './days.ts';

/** As the address has them; empty: not narrowed down by this. */
export type RunFilterFields = Record<'pipeline' | 'status' | 'by' | 'since' | 'until', string>;

export function useRunFilter(): {
  fields: RunFilterFields;
  set: (name: keyof RunFilterFields, value: string) => void;
  filter: RunsFilter;
  isNarrowed: boolean;
} {
  const [pipeline, setPipeline] = useAddressParam('pipeline');
  const [said, setStatus] = useAddressParam('status');
  const [by, setBy] = useAddressParam('by');
  const [since, setSince] = useAddressParam('since');
  const [until, setUntil] = useAddressParam('until');
  const status = knownStatuses(said);
  const set = { pipeline: setPipeline, status: setStatus, by: setBy, since: setSince, until: setUntil };
  return {
    fields: { pipeline, status, by, since, until },
    set: (name, value) => set[name](value),
    filter: {
      ...(pipeline === '' ? {} : { pipeline }),
      ...(status === '' ? {} : { status }),
      ...(by === '' ? {} : { by }),
      ...spanOf(since, until),
    },
    isNarrowed: [pipeline, status, by, since, until].some((field) => field !== ''),
  };
}

/** What an address that somebody wrote names besides is as if it were not there. */
function knownStatuses(said: string): string {
  return said
    .split(',')
    .filter((word): word is Status => Object.hasOwn(statusWords, word))
    .join(',');
}
