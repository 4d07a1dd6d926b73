import { describe, expect, test } from 'vitest';
import { builtInCatalogue, checkFiles } from './index.ts';

function problems(approval: string): string[] {
  const content = `kind: Pipeline
name: p
parameters: [{ name: who, type: string, default: a }, { name: days, type: list, default: [1] }]
jobs: [{ name: a, actions: [{ name: hold, approval: ${approval} }] }]
`;
  const { problems: found } = checkFiles([{ name: 'p.yaml', content }], [], builtInCatalogue);
  return found.map(({ path, message }) => `${path}: ${message}`);
}

describe('an approval', () => {
  test('may show files, ask for fields, and tell, remind and escalate, all of it computed where that is of use', () => {
    expect(
      problems(`{ prompt: 'For \${{ pipeline.parameters.who }}', roles: [release], quorum: 2, not_by_requester: true,
  shows: ['plan-\${{ pipeline.parameters.who }}.txt'], timeout: 30d, remind: 4h,
  fields: [{ name: ticket, type: string }, { name: day, type: number, options: '\${{ pipeline.parameters.days }}' }],
  notify: [{ slack: { channel: '#ops', message: 'See \${{ pipeline.parameters.who }}' } }, { email: { to: a@example.com } }],
  escalate: { after: 1d, roles: [administrator], notify: [{ email: { to: [b@example.com] } }] } }`),
    ).toEqual([]);
  });

  test.each([
    ['fields: [{ name: x, type: text }]', 'fields[0].type'],
    ['fields: [{ name: x, type: string, secret: true }]', 'it cannot be secret'],
    ['fields: [{ name: by, type: string }]', 'by is an output of every approval already'],
    ['fields: [{ name: x, type: number, default: many }]', 'x takes a number, not a string'],
    ['fields: [{ name: x, type: string }, { name: x, type: string }]', 'two fields have one name'],
    ['fields: [{ name: x, type: string, required: true }]', 'there is no field "required"'],
    ["shows: ['../plan']", 'a store key is segments'],
    ['remind: soon', 'is no duration'],
    ['notify: [{ slack: { chanel: x } }]', 'there is no field "chanel"'],
    ['notify: [{}]', 'say where to'],
    ["notify: [{ email: { to: 'a@b, c@d' } }]", 'an address is written as'],
    ['escalate: { roles: [x] }', 'escalate.after'],
    ['notify: [{ slack: { channel: { from_credential: x } } }]', 'so it cannot have a Credential'],
  ])('%s is refused', (fields, fault) => {
    const found = problems(`{ prompt: Go on?, ${fields} }`);
    expect(found.join('\n')).toContain(fault);
    expect(found.every((one) => one.startsWith('jobs[0].actions[0].approval'))).toBe(true);
  });

  describe('that reminds or escalates', () => {
    const quiet = (pipeline: string, approval: string) => {
      const content = `kind: Pipeline\nname: p\n${pipeline}\n${jobs(approval)}`;
      const { problems: found } = checkFiles([{ name: 'p.yaml', content }], [], builtInCatalogue);
      return found.map(({ path, message, remedy }) => `${path}: ${message} ${remedy}`);
    };
    const jobs = (approval: string) => `jobs: [{ name: a, actions: [{ name: hold, approval: ${approval} }] }]\n`;
    const waiting = "notify: [{ on: [waiting], slack: { channel: '#ops' } }]";

    test.each([
      ['remind: 4h', 'remind'],
      ['escalate: { after: 1d }', 'escalate'],
    ])('%s is refused where nobody is told', (field, name) => {
      const found =
        `jobs[0].actions[0].approval.${name}: ${name} tells nobody: neither the approval nor p says whom. ` +
        'Give the approval notify, or the Pipeline p one with on: [waiting].';
      expect(quiet('', `{ prompt: Go on?, ${field} }`)).toEqual([found]);
      expect(quiet("notify: [{ slack: { channel: '#ops' } }]", `{ prompt: Go on?, ${field} }`)).toEqual([found]);
      expect(quiet(waiting, `{ prompt: Go on?, ${field} }`)).toEqual([]);
      expect(quiet('', `{ prompt: Go on?, notify: [{ email: { to: a@example.com } }], ${field} }`)).toEqual([]);
    });

    test('may escalate to more roles, or to people of its own, without a word before', () => {
      expect(quiet('', '{ prompt: Go on?, escalate: { after: 1d, roles: [lead] } }')).toEqual([]);
      const told = 'escalate: { after: 1d, notify: [{ email: { to: a@example.com } }] }';
      expect(quiet('', `{ prompt: Go on?, ${told} }`)).toEqual([]);
      expect(quiet('', `{ prompt: Go on?, remind: 4h, ${told} }`).join()).toContain('approval.remind');
    });

    test('in a Job of the library is told as its callers tell', () => {
      const job = 'kind: Job\nname: held\nactions: [{ name: hold, approval: { prompt: Go on?, remind: 4h } }]\n';
      const call = 'jobs: [{ name: a, job: held }]';
      const check = (...pipeline: string[]) =>
        checkFiles(
          [{ name: 'p.yaml', content: [job, ...pipeline.map((one) => `name: p\n${one}\n`)].join('---\n') }],
          [],
          builtInCatalogue,
        ).problems;
      expect(check()).toEqual([]);
      expect(check(`${waiting}\n${call}`)).toEqual([]);
      expect(check(call)).toMatchObject([
        { path: 'actions[0].approval.remind', remedy: expect.stringContaining('p ') },
      ]);
    });
  });
});
