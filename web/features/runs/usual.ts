import type { RunSummary } from '../../../core/api/objects.ts';
import { median } from '../time/duration-text.ts';

/** Milliseconds that those of the runs took that succeeded; null where none did. */
export function usualMs(runs: readonly Pick<RunSummary, 'status' | 'startedAt' | 'endedAt'>[]): number | null {
  const good = runs.filter(({ status }) => status === 'succeeded');
  return median(
    good.map((run) => Date.parse(run.endedAt ?? '') - Date.parse(run.startedAt ?? '')).filter(Number.isFinite),
  );
}
