import { z } from 'zod';
import { Json } from '../json.ts';
import { ParamType } from '../plan.ts';
import { Description, Name, strict } from './fields.ts';

/** A parameter of a Pipeline, Job or Action. */
export const ParamSpec = strict({
  name: Name.describe('Name'),
  description: Description.optional(),
  type: ParamType.describe('Type of its value'),
  default: Json.optional().describe('Value where none is given; without it, one must be'),
  options: z.array(Json).min(1).max(1000).optional().describe('The values that it may have'),
  secret: z.boolean().optional().describe('Whether its value is hidden on pages and in logs'),
});
export type ParamSpec = z.infer<typeof ParamSpec>;

export const ParamSpecs = z.array(ParamSpec).max(200);
