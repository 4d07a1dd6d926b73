import type { Wait } from './run-state.ts';
import { fewNames } from './wait-end.ts';
import type { WorkerSearch } from './worker-search.ts';

type PlainWait = Extract<Wait, { kind: 'jobs' | 'outer' | 'part' | 'temporal' | 'overlap' }>;

/** Why something waits that nobody can act on, a sentence without a full stop; the same for pages and commands. */
export function plainWaitText(wait: PlainWait): string {
  switch (wait.kind) {
    case 'jobs':
      return `Waits for ${wait.names.length === 1 ? 'the Job' : 'the Jobs'} ${fewNames(wait.names)}`;
    case 'outer':
      return `Waits for ${wait.job === null ? 'the run' : `the Job ${wait.job}`} to begin`;
    case 'part':
      return 'Waits for the run to come to it';
    case 'temporal':
      return wait.given ? 'Waits for a control worker' : 'Waits for Temporal to take it';
    case 'overlap':
      return `${wait.starts === 1 ? '1 start waits' : `${wait.starts} starts wait`} for an earlier one to end`;
  }
}

type UnservedWait = Extract<Wait, { kind: 'worker' }> & { search: WorkerSearch };

/** Whether no Worker takes it now. */
export function isUnserved(wait: Wait | null): wait is UnservedWait {
  return wait?.kind === 'worker' && wait.search !== undefined && wait.search.found !== 'soon';
}

/** Where in line it is, to follow why it waits. */
export function placeText({ position }: { position?: number | undefined }): string {
  return position === undefined ? '' : `, position ${position}`;
}
