import { z } from 'zod';
import type { Catalogue } from '../language/catalogue.ts';
import { actionFormSchema, engineFormSchema, type JsonSchema } from '../language/json-schema.ts';

/** JSON Schema (2020-12) of an object, for a form. */
const FormSchema = z.looseObject({}) as z.ZodType as z.ZodType<JsonSchema>;

const entry = {
  id: z.string(),
  title: z.string(),
  /** One line. */
  description: z.string(),
  /** YAML. */
  example: z.string(),
};

export const CatalogueAction = z.object({
  ...entry,
  /** The field of the input that `id: text` means, or null where it must be an object. */
  short: z.string().nullable(),
  /** Fields of the input that stand beside the Action's own. */
  besides: z.array(z.string()),
  /** Fields of the input that are code: no expression may stand in them. */
  code: z.array(z.string()),
  schema: FormSchema,
});
export type CatalogueAction = z.infer<typeof CatalogueAction>;

const CatalogueEngine = z.object({ ...entry, schema: FormSchema });

/** The types of Actions and Engines that files of this server may name, as forms need them. */
export const CatalogueAnswer = z.object({ actions: z.array(CatalogueAction), engines: z.array(CatalogueEngine) });
export type CatalogueAnswer = z.infer<typeof CatalogueAnswer>;

export function catalogueAnswer(catalogue: Catalogue): CatalogueAnswer {
  return {
    actions: [...catalogue.actions.values()].map((manifest) => {
      const { id, title, description, example, short = null, besides = [], code = [] } = manifest;
      const lists = { besides: [...besides], code: [...code] };
      return { id, title, description, example, short, ...lists, schema: actionFormSchema(manifest) };
    }),
    engines: [...catalogue.engines.values()].map((manifest) => {
      const { id, title, description, example } = manifest;
      return { id, title, description, example, schema: engineFormSchema(manifest) };
    }),
  };
}
