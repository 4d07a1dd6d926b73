import { z } from 'zod';

/** A value that the server made for a Credential: shown this once, to whoever had it made. */
export const MadeSecret = z.object({ property: z.string(), value: z.string() });
export type MadeSecret = z.infer<typeof MadeSecret>;
