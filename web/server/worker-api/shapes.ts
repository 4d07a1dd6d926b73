import { z } from 'zod';

export const RunId = z.string().max(100);
export const JobPath = z.string().min(1).max(2000);
export const Attempt = z.number().int().min(1).max(1_000_000);
export const ActionName = z.string().min(1).max(200);
/** As `workers/engine/settings.ts` has it: also part of a queue's name. */
export const WorkerId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$/);
