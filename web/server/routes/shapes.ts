import { z } from 'zod';

/** What several routes are given. */
export const PageQuery = z.object({
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** By id or `pipeline/number`, percent-encoded. */
export const RunParams = z.object({ run: z.string().min(1).max(300) });

export const Files = z
  .array(z.object({ name: z.string().max(1000), content: z.string() }))
  .min(1)
  .max(1000);

/** Said before an answer begins: the database refuses NUL only once a log is being read. */
const named = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .refine((text) => !text.includes('\0'), 'no name holds NUL');

export const Name = named(200);
export const JobPath = named(2000);

/** Whose a token or a session is. Without a slash: names with one are the server's own. */
export const HolderName = z.string().regex(/^[A-Za-z0-9][\w.@ -]{0,99}$/, 'letters, digits, spaces and _ . @ - only');
const RoleName = z.string().regex(/^[A-Za-z][\w.-]{0,99}$/, 'a role is a letter, then letters, digits and _ . -');
export const Roles = z.array(RoleName).min(1).max(20);
