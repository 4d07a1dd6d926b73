import { z } from 'zod';

/** A version of a definition. */
export const UsedVersion = z.object({ kind: z.string(), name: z.string(), version: z.number().int() });
export type UsedVersion = z.infer<typeof UsedVersion>;

/** A saved definition that a problem is about, as it is now; without a version where there is none. */
export const DefinitionState = z.object({
  kind: z.string(),
  name: z.string(),
  version: z.number().int().nullable(),
  author: z.string().nullable(),
  savedAt: z.iso.datetime().nullable(),
});

/** What a rename saved: what was renamed, first, then what names it, each in a new version. */
export const Renamed = z.object({
  renamed: z.array(z.object({ kind: z.string(), name: z.string(), version: z.number().int() })),
});
export type Renamed = z.infer<typeof Renamed>;

/** What was removed: what was named, first, and what went along with it. */
export const Removed = z.object({ removed: z.array(z.object({ kind: z.string(), name: z.string() })) });
export type Removed = z.infer<typeof Removed>;
