'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api/client.ts';
import { useLive } from '../api/live.tsx';

/** Newest first. Kept fresh by `useApprovalNews`. */
export function useApprovalPages(filter: { state?: string; mine?: string; run?: string; limit?: number }) {
  return useInfiniteQuery({
    queryKey: ['approvals', 'pages', filter],
    queryFn: ({ pageParam, signal }) => api.approvals({ limit: 30, ...filter, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });
}

/** How many there are that wait for whoever reads, as the socket tells. */
export function useApprovalsForMe(): number {
  const [pending, setPending] = useState(0);
  useLive({ topic: 'approvals' }, (message) => {
    if (message.type === 'approvals') setPending(message.pending);
  });
  return pending;
}
