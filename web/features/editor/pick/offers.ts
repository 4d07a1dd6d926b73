import type { CatalogueAction } from '../../../../core/api/catalogue.ts';
import type { Definition } from '../../../../core/api/objects.ts';
import { isObject } from '../../../../core/is-object.ts';
import type { Json, JsonObject } from '../../../../core/json.ts';
import { newAction } from '../actions.ts';
import type { Offer } from './matching.ts';

type Saved = Pick<Definition, 'name' | 'spec'>;

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
export function libraryAction({ name, spec }: Saved): CatalogueAction {
  const schema = paramsSchema(spec['params']);
  return {
    id: name,
    title: name,
    description: descriptionOf({ name, spec }),
    example: '',
    short: null,
    besides: [],
    code: [],
    schema,
  };
}

/** JSON Schema of the args that params take. */
export function paramsSchema(params: Json | undefined): CatalogueAction['schema'] {
  const list = (Array.isArray(params) ? params : []).filter((param) => isObject(param));
  const types: Record<string, string> = {
    list: 'array',
    object: 'object',
    string: 'string',
    boolean: 'boolean',
    number: 'number',
  };
  const nameOf = (param: JsonObject) => (typeof param['name'] === 'string' ? param['name'] : '');
  const fields = list.map((param) => {
    const { type, description, options } = param;
    const given = {
      ...(typeof description === 'string' ? { description } : {}),
      ...(param['default'] === undefined ? {} : { default: param['default'] }),
    };
    const schema = Array.isArray(options)
      ? { enum: options }
      : {
          type: (typeof type === 'string' ? types[type] : undefined) ?? 'string',
          ...(type === 'list' ? { items: {} } : {}),
        };
    return [nameOf(param), { title: nameOf(param), ...given, ...schema }] as const;
  });
  return {
    type: 'object',
    properties: Object.fromEntries(fields),
    required: list.filter((param) => param['default'] === undefined).map(nameOf),
    additionalProperties: false,
  } as CatalogueAction['schema'];
}

function descriptionOf({ spec }: Saved): string {
  return typeof spec['description'] === 'string' ? (spec['description'].split('\n')[0] ?? '') : '';
}
