import { expect, test } from 'vitest';
import { catalogueAnswer } from '../../../../core/api/catalogue.ts';
import { builtInCatalogue } from '../../../../core/language/index.ts';
import type { JsonSchema } from '../../../../core/language/json-schema.ts';
import type { Param } from '../../../../core/plan.ts';
import { fieldKind } from '../form/field-kind.ts';
import { actionOffers, jobTemplates, libraryAction, paramsSchema } from './offers.ts';

const { actions } = catalogueAnswer(builtInCatalogue);
const param = (name: string, rest: Partial<Param> = {}): Param => ({ name, type: 'string', ...rest });
const saved = (name: string, description: string | null = null, parameters: Param[] = []) => ({
  name,
  description,
  parameters,
});
const library = {
  jobs: [saved('run', 'Plans a stack\nand says what changes'), saved('build')],
  pipelines: [saved('deploy', 'Ships it')],
};
const templates = jobTemplates(library, actions);

test('Jobs and Pipelines of the library are called by their name, also where a kind of Job is called like one', () => {
  const of = (group: string) => templates.filter((each) => each.group === group);
  expect(of('Jobs of the library')).toEqual([
    {
      id: 'job:run',
      title: 'run',
      description: 'Plans a stack',
      group: 'Jobs of the library',
      name: 'run',
      body: { job: 'run' },
    },
    {
      id: 'job:build',
      title: 'build',
      description: '',
      group: 'Jobs of the library',
      name: 'build',
      body: { job: 'build' },
    },
  ]);
  expect(of('Pipelines').map(({ name, body }) => [name, body])).toEqual([['deploy', { pipeline: 'deploy' }]]);
  expect(new Set(templates.map(({ id }) => id)).size).toBe(templates.length);
});

test('each type of Action is offered once: as a kind of Job of its own, or as a Job of that Action', () => {
  const types = templates.flatMap(({ body }) =>
    Array.isArray(body['actions']) ? body['actions'].map((action) => Object.keys(action as object)[0]) : [],
  );
  expect(types.toSorted()).toEqual(actions.map(({ id }) => id).toSorted());
});

test('args have the input of their type; what has a default need not be given', () => {
  const schema = paramsSchema([
    param('account', { description: 'Where' }),
    param('environment', { options: ['nonprod', 'prod'], default: 'nonprod' }),
    param('tags', { type: 'list' }),
    param('labels', { type: 'object' }),
    param('count', { type: 'number', default: 3 }),
    param('loud', { type: 'boolean' }),
  ]) as JsonSchema;
  const kinds = Object.entries(schema.properties ?? {}).map(([name, field]) => [
    name,
    fieldKind(field as JsonSchema, schema).kind,
  ]);
  expect(Object.fromEntries(kinds)).toEqual({
    account: 'text',
    environment: 'choice',
    tags: 'yaml',
    labels: 'map',
    count: 'number',
    loud: 'boolean',
  });
  expect(schema.required).toEqual(['account', 'tags', 'labels', 'loud']);
  expect(schema.properties).toMatchObject({
    account: { title: 'account', description: 'Where' },
    environment: { default: 'nonprod' },
  });
});

test('an Action of the library stands beside the types, and takes its params', () => {
  const announce = saved('announce', 'Says it', [param('text')]);
  expect(actionOffers(actions, [announce]).at(-1)).toEqual({
    id: 'announce',
    title: 'announce',
    description: 'Says it',
    group: 'Actions of the library',
  });
  expect(libraryAction(announce).schema).toMatchObject({ required: ['text'], additionalProperties: false });
});
