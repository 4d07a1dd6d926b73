import { describe, expect, test } from 'vitest';
import { type Meaning, referencesOf } from './references.ts';

const kinds = new Map([
  ['deploy', 'Job'],
  ['ship', 'Pipeline'],
  ['announce', 'Action'],
  ['run', 'Job'],
] as const);
const meaning: Meaning = {
  kindOf: (name) => kinds.get(name as 'run'),
  isEngine: (name) => name === 'box',
};
const names = (kind: string, spec: object) =>
  referencesOf(kind, spec as never, meaning).map((one) => `${one.kind} ${one.name}`);

describe('what a document names', () => {
  test('of a Pipeline: calls at any depth, Engines, Actions, hooks of an Engine in line', () => {
    const spec = {
      name: 'p',
      engine: 'box',
      jobs: [
        { job: 'deploy' },
        {
          name: 'g',
          jobs: [
            { pipeline: 'ship' },
            { job: 'deploy' },
            {
              actions: [{ announce: { text: 'x' } }, { run: 'true', engine: { type: 'local', setup: { job: 'run' } } }],
            },
          ],
        },
      ],
    };
    expect(names('Pipeline', spec)).toEqual([
      'Engine box',
      'Job deploy',
      'Pipeline ship',
      'Action announce',
      'Job run',
    ]);
  });

  test('of an Action, an Engine and a Trigger', () => {
    expect(names('Action', { name: 'a', run: 'true', engine: 'box' })).toEqual(['Engine box']);
    expect(names('Engine', { name: 'b', type: 'local', teardown: { job: 'deploy' } })).toEqual(['Job deploy']);
    expect(names('Trigger', { runs: [{ pipeline: 'ship' }], after: { pipeline: 'deploy' } })).toEqual([
      'Pipeline ship',
      'Job deploy',
    ]);
  });

  test('not what only has the same name: types, fields, arguments, Engines that are no definition', () => {
    const spec = {
      name: 'deploy',
      engine: 'docker',
      jobs: [{ name: 'ship', actions: [{ name: 'announce', run: 'deploy', environ: { job: 'deploy' } }] }],
    };
    expect(names('Pipeline', spec)).toEqual([]);
    expect(names('Pipeline', { jobs: [{ job: 'deploy', args: { job: 'ship', announce: 1 } }] })).toEqual([
      'Job deploy',
    ]);
  });
});
