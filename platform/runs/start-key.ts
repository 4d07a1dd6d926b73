import { PalvellaError } from '../../core/errors.ts';

/** A line end is in no name and no header, so that no two keys become one. */
export function keyOf(startedBy: string, idempotencyKey: string | undefined): string | null {
  return idempotencyKey === undefined ? null : `${startedBy}\n${idempotencyKey}`;
}

export function keyTaken(): PalvellaError {
  return new PalvellaError('conflict', 'This idempotency key started another run already.', {
    remedy: 'Use a new key for each run.',
  });
}
