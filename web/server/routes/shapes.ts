import { z } from 'zod';

/** What several routes are given. */
export const PageQuery = z.object({
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** By id or `pipeline/number`, percent-encoded. */
export const RunParams = z.object({ run: z.string().min(1).max(300) });

export const Name = z.string().min(1).max(200);
