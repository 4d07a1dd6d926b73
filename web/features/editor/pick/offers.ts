import type { CatalogueAction } from '../../../../core/api/catalogue.ts';
import type { LibraryItem } from '../../../../core/api/library.ts';
import type { JsonObject } from '../../../../core/json.ts';
import type { Param } from '../../../../core/plan.ts';
import { newAction } from '../actions.ts';
import type { Offer } from './matching.ts';

type Saved = Pick<LibraryItem, 'name' | 'description' | 'parameters'>;

interface Template extends Offer {
  /** What the new Job is called, where nothing else has that name. */
  name: string;
  body: JsonObject;
}

const kinds: Template[] = [
  {
    id: 'container',
    title: 'Execute container',
    description: 'Runs a command in an image, then more Actions',
    example: 'type: container, image: alpine:latest, command: cat /etc/os-release',
    group: 'Jobs',
    name: 'container',
    body: { type: 'container' },
  },
  {
    id: 'run',
    title: 'Run a command',
    description: 'Runs commands in a shell on the Job’s Engine',
    example: 'actions: [{ run: make test }]',
    group: 'Jobs',
    name: 'run',
    body: { actions: [{ run: '' }] },
  },
  {
    id: 'approval',
    title: 'Ask for approval',
    description: 'Holds what comes after it until people approve',
    example: 'actions: [{ approval: { prompt: Deploy? } }]',
    group: 'Jobs',
    name: 'approve',
    body: { actions: [{ approval: '' }] },
  },
  {
    id: 'job',
    title: 'Call a Job',
    description: 'Runs a Job of the library, with its parameters',
    example: 'job: run-terraform-plan, args: { account: project1 }',
    group: 'Jobs',
    name: 'job',
    body: { job: '' },
  },
  {
    id: 'pipeline',
    title: 'Call a Pipeline',
    description: 'Runs a whole Pipeline as one Job of this one',
    example: 'pipeline: deploy, args: { environment: nonprod }',
    group: 'Jobs',
    name: 'pipeline',
    body: { pipeline: '' },
  },
  {
    id: 'group',
    title: 'Group of Jobs',
    description: 'Jobs that are required, skipped and tried again as one',
    example: 'jobs: [{ name: test, actions: [{ run: make test }] }]',
    group: 'Jobs',
    name: 'group',
    body: { jobs: [] },
  },
];

/** What a new Job may be: its kinds, what the library has, and one of each type of Action. */
export function jobTemplates(
  library: { jobs: readonly Saved[]; pipelines: readonly Saved[] },
  actions: readonly CatalogueAction[],
): Template[] {
  const called = (field: 'job' | 'pipeline', group: string) => (saved: Saved) => ({
    id: `${field}:${saved.name}`,
    title: saved.name,
    description: descriptionOf(saved),
    group,
    name: saved.name,
    body: { [field]: saved.name },
  });
  return [
    ...kinds,
    ...library.jobs.map(called('job', 'Jobs of the library')),
    ...library.pipelines.map(called('pipeline', 'Pipelines')),
    ...actions
      .filter(({ id }) => !kinds.some((kind) => kind.id === id))
      .map((action) => ({
        id: `action:${action.id}`,
        title: action.title,
        description: action.description,
        example: action.example,
        group: 'Jobs of one Action',
        name: action.id,
        body: { actions: [newAction(action, undefined)] },
      })),
  ];
}

/** What an Action may be: the types of the catalogue, and Actions of the library. */
export function actionOffers(actions: readonly CatalogueAction[], library: readonly Saved[]): Offer[] {
  return [
    ...actions.map(({ id, title, description, example }) => ({ id, title, description, example, group: 'Types' })),
    ...library.map((saved) => ({
      id: saved.name,
      title: saved.name,
      description: descriptionOf(saved),
      group: 'Actions of the library',
    })),
  ];
}

/** An Action of the library as one of the catalogue: its params are what it takes. */
export function libraryAction(saved: Saved): CatalogueAction {
  return {
    id: saved.name,
    title: saved.name,
    description: descriptionOf(saved),
    example: '',
    short: null,
    besides: [],
    code: [],
    schema: paramsSchema(saved.parameters),
  };
}

const jsonTypes: Record<Param['type'], string> = {
  list: 'array',
  object: 'object',
  string: 'string',
  boolean: 'boolean',
  number: 'number',
};

/** JSON Schema of the args that params take. */
export function paramsSchema(params: readonly Param[]): CatalogueAction['schema'] {
  const fields = params.map(({ name, type, description, default: given, options }) => [
    name,
    {
      title: name,
      ...(description === undefined ? {} : { description }),
      ...(given === undefined ? {} : { default: given }),
      ...(options === undefined ? { type: jsonTypes[type] } : { enum: options }),
      ...(options === undefined && type === 'list' ? { items: {} } : {}),
    },
  ]);
  return {
    type: 'object',
    properties: Object.fromEntries(fields),
    required: params.filter((param) => param.default === undefined).map(({ name }) => name),
    additionalProperties: false,
  } as CatalogueAction['schema'];
}

/** Its first line. */
function descriptionOf({ description }: Saved): string {
  return description?.split('\n')[0] ?? '';
}
