import type { Wait } from './run-state.ts';

/** Waits that only somebody's act ends, as no Worker and no clock does: they make the whole run wait. */
export const holdingWaits = ['approval', 'trigger', 'worker_lost'] as const satisfies readonly Wait['kind'][];

export function isHolding(wait: Wait | null): boolean {
  return wait !== null && holdingWaits.some((kind) => kind === wait.kind);
}
