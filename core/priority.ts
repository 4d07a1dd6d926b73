import { z } from 'zod';

/** Of a run, as Temporal has it: Jobs of 1 are taken first, those of 5 last. */
export const Priority = z.int().min(1).max(5);

export const defaultPriority = 3;
