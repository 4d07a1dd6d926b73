import { z } from 'zod';
import { Args, Description, Labels, Name, strict } from './fields.ts';

const Hook = strict({ job: Name.describe('A Job of the library that has Actions'), args: Args.optional() });
export type Hook = z.infer<typeof Hook>;

const engineFields = {
  type: z.string().min(1).describe('Type, as local'),
  runs_on: Labels.optional(),
  setup: Hook.optional().describe('What sets it up, before the first Action that a Job has on it'),
  teardown: Hook.optional().describe('What cleans up after it, at the end of the Job, however that ends'),
};

/** Its settings, the other fields, are checked against the catalogue when something that uses it is planned. */
export const InlineEngine = z.looseObject(engineFields);
export type InlineEngine = z.infer<typeof InlineEngine>;

export const EngineField = z
  .union([Name, InlineEngine])
  .describe('Where it runs: the name of an Engine, or one in line');
export type EngineField = z.infer<typeof EngineField>;

export const EngineSpec = z.looseObject({
  ...engineFields,
  kind: z.literal('Engine'),
  name: Name.describe('Name'),
  description: Description.optional(),
});
export type EngineSpec = z.infer<typeof EngineSpec>;

/** Fields of an Engine that are not settings of its type. */
export const commonEngineFields: readonly string[] = [...Object.keys(engineFields), 'kind', 'name', 'description'];
