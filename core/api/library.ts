import { z } from 'zod';
import { Param } from '../plan.ts';
import { UsedVersion } from './definitions.ts';
import { Definition, DefinitionKind } from './objects.ts';

export const VersionSummary = z.object({
  /** The one before; null of the first. A name that was another definition's goes on from its number. */
  previous: z.number().int().nullable(),
  version: z.number().int(),
  author: z.string(),
  note: z.string(),
  createdAt: z.iso.datetime(),
});
export type VersionSummary = z.infer<typeof VersionSummary>;

export const DefinitionVersion = Definition.extend({
  note: z.string(),
  /** Versions of what else it executes, or executed when it was the newest. */
  uses: z.array(UsedVersion),
  isNewest: z.boolean(),
});
export type DefinitionVersion = z.infer<typeof DefinitionVersion>;

/** Something of the library to pick from. */
export const LibraryItem = z.object({
  kind: DefinitionKind,
  name: z.string(),
  version: z.number().int(),
  description: z.string().nullable(),
  /** Of an Engine. */
  type: z.string().nullable(),
  /** As they are written. */
  parameters: z.array(Param),
  author: z.string(),
  updatedAt: z.iso.datetime(),
  /** How many other definitions name it. */
  users: z.number().int(),
});
export type LibraryItem = z.infer<typeof LibraryItem>;

export const UsedDefinition = z.object({ kind: z.string(), name: z.string() });
export type UsedDefinition = z.infer<typeof UsedDefinition>;
