import { z } from 'zod';
import { WaitHolder } from '../run-state.ts';

/** A lock or a group that somebody has or waits for. */
export const HoldInfo = z.object({
  kind: z.enum(['lock', 'group']),
  name: z.string(),
  /** How many may be in a group at once, 1 of a lock. */
  limit: z.number().int(),
  holders: z.array(WaitHolder),
  /** The first in line, in order. `since`: when it was asked for. */
  waiting: z.array(WaitHolder.extend({ position: z.number().int() })),
  /** How many wait in all. */
  waitingCount: z.number().int(),
});
export type HoldInfo = z.infer<typeof HoldInfo>;
