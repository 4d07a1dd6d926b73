/** The language of files: reading, checking, planning and printing it. Pure. */
export { builtInCatalogue, type Catalogue, catalogueOf } from './catalogue.ts';
export { checkDraft } from './check-draft.ts';
export { checkFiles, checkRemoval } from './check-files.ts';
export { actionFormSchema, engineFormSchema, type JsonSchema, languageJsonSchema } from './json-schema.ts';
export { savedFile } from './library.ts';
export { checkParameters } from './parameters.ts';
export type { SourceFile } from './parse.ts';
export { referencesOf } from './references.ts';
export { type Samples, tryPlan } from './try-plan.ts';
