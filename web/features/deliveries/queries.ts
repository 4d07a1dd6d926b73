'use client';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { Delivery, DeliveryDetail, DeliveryReceipt } from '../../../core/api/triggers.ts';
import { apiPath, call, type Page } from '../api/client.ts';
import { useRefreshOnRuns } from '../api/queries.ts';

const everyMs = 4_000;
/** With its payload a delivery may be some megabytes. */
const followMs = 2_000;
/** A delivery is decided in a moment, so one looks soon again. */
const undecidedMs = 700;

/** Newest first. */
export function useDeliveries(filter: { trigger?: string; state?: string; source?: string; limit?: number }) {
  return useInfiniteQuery({
    queryKey: ['deliveries', filter],
    queryFn: ({ pageParam, signal }) =>
      call<Page<Delivery>>('GET', apiPath(['deliveries'], { limit: 30, ...filter, cursor: pageParam }), { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    refetchInterval: everyMs,
  });
}

export function useDelivery(id: string) {
  return useQuery({
    queryKey: ['delivery', id],
    queryFn: ({ signal }) => call<DeliveryDetail>('GET', apiPath(['deliveries', id]), { signal }),
    refetchInterval: ({ state }) => (state.data?.state === 'pending' ? undecidedMs : false),
  });
}

/** Reads a delivery again as runs of a Pipeline change that it started. */
export function useDeliveryFollows(id: string, pipeline: string): void {
  useRefreshOnRuns(['delivery', id], pipeline, followMs);
}

/** `key` makes a second click the same delivery. */
export function resend(id: string, key: string): Promise<DeliveryReceipt> {
  return call('POST', apiPath(['deliveries', id, 'resend']), { body: {}, headers: { 'idempotency-key': key } });
}

export function callTrigger(name: string, payload: unknown, key: string): Promise<DeliveryReceipt> {
  return call('POST', apiPath(['triggers', name]), { body: payload, headers: { 'idempotency-key': key } });
}
