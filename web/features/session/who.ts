'use client';
import { useSession } from '../api/queries.ts';

/** Names people as the reader would: `you` for the one who reads. */
export function useWho(): (name: string) => string {
  const me = useSession().data?.name;
  return (name) => (name === me ? 'you' : name);
}
