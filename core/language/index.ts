/** The language of files: reading, checking, planning and printing it. Pure. */
export { builtInCatalogue, type Catalogue, catalogueOf } from './catalogue.ts';
export { checkFiles, checkRemoval } from './check-files.ts';
export type { Locate, SourceDocument } from './document.ts';
export { actionFormSchema, engineFormSchema, type JsonSchema, languageJsonSchema } from './json-schema.ts';
export { type Library, libraryOf, type SavedDefinition } from './library.ts';
export { checkParameters, coerceParameter } from './parameters.ts';
export { parseFiles, type SourceFile } from './parse.ts';
export { planPipeline } from './plan.ts';
export { printDocument } from './print.ts';
