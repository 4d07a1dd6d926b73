import { z } from 'zod';
import { CatalogueAnswer, catalogueAnswer } from '../../../core/api/catalogue.ts';
import { languageJsonSchema } from '../../../core/language/index.ts';
import type { Router } from '../http/router.ts';
import type { Services } from '../services.ts';

const maxAge = { 'cache-control': 'public, max-age=300' };

/** What files may say on this server, its plugins counted. */
export function catalogueRoutes({ route }: Router, { catalogue }: Services): void {
  const answer = catalogueAnswer(catalogue);
  const language = languageJsonSchema(catalogue);

  route({
    method: 'get',
    path: '/catalogue',
    summary: 'The types of Actions and Engines, each with a JSON Schema of what it takes, for forms',
    permission: 'definitionRead',
    answer: CatalogueAnswer,
    handle: () => answer,
  });

  route({
    method: 'get',
    path: '/schema.json',
    tag: 'documents',
    summary: 'The language of files, as JSON Schema, for editors',
    permission: 'public',
    answer: z.looseObject({}),
    handle: ({ context }) => context.json(language, 200, maxAge),
  });
}
