import { changedBundle } from './changed-bundle.ts';
import type { Started } from './harness.ts';

/** Histories so short, and parts and inputs so small, that a run of a few Actions has several of them. */
export function shortHistories(): Promise<{ code: string }> {
  return changedBundle(
    ['gate.ts', 'mostEvents = 8_000', 'mostEvents = 100'],
    ['pace.ts', 'mostAtOnce = 1024 * 1024', 'mostAtOnce = 16 * 1024'],
    ['parts.ts', 'mostActions = 1_000', 'mostActions = 40'],
    ['parts.ts', 'actionsInPart = 150', 'actionsInPart = 5'],
  );
}

/** Signals that say nothing fill a history, so that the next thing that is done is done in a new one. */
export async function fill(handle: Pick<Started['handle'], 'signal'>): Promise<void> {
  for (let at = 0; at < 100; at += 1) await handle.signal('triggerSent', { waitId: 'none' });
}
