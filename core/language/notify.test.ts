import { describe, expect, test } from 'vitest';
import { builtInCatalogue, checkFiles } from './index.ts';

function check(notify: string) {
  const content = `kind: Pipeline
name: p
parameters: [{ name: where, type: string, default: a }]
notify: ${notify}
jobs: [{ name: a, actions: [{ wait: 1s }] }]
`;
  const { plans, problems } = checkFiles([{ name: 'p.yaml', content }], [], builtInCatalogue);
  return { notify: plans.get('p')?.notify, problems: problems.map(({ path, message }) => `${path}: ${message}`) };
}

describe('notify', () => {
  test('is planned with its messages still to be computed; failed and fixed are the usual', () => {
    expect(
      check(
        `[{ slack: { channel: '#ops', message: 'On \${{ pipeline.parameters.where }}: \${{ run.reason }}' } }, { on: [waiting], email: { to: a@example.com } }]`,
      ),
    ).toEqual({
      problems: [],
      notify: [
        {
          on: ['failed', 'fixed'],
          slack: {
            channel: '#ops',
            message: { template: ['On ', { expr: 'pipeline.parameters.where' }, ': ', { expr: 'run.reason' }] },
          },
        },
        { on: ['waiting'], email: { to: ['a@example.com'] } },
      ],
    });
  });

  test.each([
    ["[{ slack: { channel: '#ops', message: '${{ run.urll }}' } }]", 'run has no field "urll"'],
    ["[{ slack: { channel: '#ops', message: '${{ job.a.output.x }}' } }]", 'job has no upstream Job'],
    ["[{ slack: { channel: '#ops', message: '${{ pipeline.parameters.were }}' } }]", 'no parameter "were"'],
    ["[{ slack: { channel: '${{pipeline.parameters.where}}' } }]", 'a channel is written as #deployments'],
    ["[{ email: { to: '${{pipeline.parameters.where}}' } }]", 'an address is written as team@example.com'],
    ["[{ on: [broken], slack: { channel: '#ops' } }]", 'on[0]'],
    ['[{ on: [failed] }]', 'say where to'],
    ["[{ slack: { channel: '#ops', message: { from_credential: x } } }]", 'slack.message'],
  ])('%s is refused', (notify, fault) => {
    expect(check(notify).problems.join('\n')).toContain(fault);
  });

  test('run is known nowhere else', () => {
    const content = "name: p\njobs: [{ name: a, actions: [{ set: { x: '${{ run.url }}' } }] }]\n";
    const { problems } = checkFiles([{ name: 'p.yaml', content }], [], builtInCatalogue);
    expect(problems).toMatchObject([{ message: 'run is there in the messages of a Pipeline’s notify only.' }]);
  });
});
