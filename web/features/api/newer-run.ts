import type { RunDetail } from '../../../core/api/objects.ts';

/** Of two states of one run the newer; where the run itself cannot say, `later`, which was read later. */
export function newerRun<State extends Pick<RunDetail, 'seq'>>(earlier: State | undefined, later: State): State {
  return earlier !== undefined && earlier.seq > later.seq ? earlier : later;
}
