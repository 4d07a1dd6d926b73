import { PalvellaError } from '../../core/errors.ts';

/** Gives an Action back, for the next Worker to go on with. */
export function workerStops(cause?: unknown): PalvellaError {
  return new PalvellaError('worker_lost', 'the Worker stops; its commands go on', { cause });
}
