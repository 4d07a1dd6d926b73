import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { formatProblem } from '../errors.ts';
import type { ActionPlan } from '../plan.ts';
import { builtInCatalogue, catalogueOf } from './catalogue.ts';
import { checkFiles } from './check-files.ts';

function check(actions: string, more = '', catalogue = builtInCatalogue) {
  const content = `name: p\nparameters: [{ name: env, type: string, default: prod }]\njobs:\n- name: j\n  actions:\n${actions}\n${more}`;
  return checkFiles([{ name: 'f.yaml', content }], [], catalogue);
}
function planned(actions: string, more = '', catalogue = builtInCatalogue): ActionPlan[] {
  const { plans, problems } = check(actions, more, catalogue);
  expect(problems.map(formatProblem)).toEqual([]);
  const body = plans.get('p')?.jobs[0]?.body;
  return body?.kind === 'actions' ? body.actions : [];
}
const faults = (actions: string, more = '') => check(actions, more).problems.map(formatProblem).join('\n');

describe('an Action', () => {
  test('is written in three ways that mean the same', () => {
    const [short, long, typed] = planned(`
  - { name: a, run: make, environ: { A: b } }
  - { name: b, run: { command: make, environ: { A: b } } }
  - { name: c, type: run, command: make, environ: { A: b } }`);
    expect(short?.input).toEqual({
      command: { literal: 'make' },
      environ: { literal: { A: 'b' } },
      success_exit_status: { literal: [0] },
    });
    expect(long?.input).toEqual(short?.input);
    expect(typed?.input).toEqual(short?.input);
  });

  test('without a name is called after its type, numbered where that is taken', () => {
    const plans = planned(`
  - store: { key: a, path: a }
  - { name: store-2, run: x }
  - store: { key: b, path: b }
  - wait: 5s`);
    expect(plans.map(({ name }) => name)).toEqual(['store', 'store-2', 'store-3', 'wait']);
  });

  test('has the outcomes that nobody needs to write, and times in milliseconds', () => {
    const [plan] = planned(
      '  - { run: x, timeout: 90s, retry: { attempts: 2 }, skip_if: pipeline.parameters.env == "x" }',
    );
    expect(plan).toMatchObject({
      onSuccess: 'continue success',
      onFailure: 'end failure',
      idempotent: false,
      timeoutMs: 90_000,
      retry: { attempts: 2, delayMs: 0, backoff: 1, on: ['failed'] },
      skipIf: 'pipeline.parameters.env == "x"',
      engine: { name: 'local', type: 'local', settings: {}, requires: {} },
      needsText: false,
    });
  });

  test('that matches or compares reads the one before it that prints, and only that comes back', () => {
    const plans = planned(`
  - { name: quiet, run: x }
  - { name: loud, run: x }
  - { name: a, match: x }
  - { name: b, match: y }
  - { name: c, compare: value == "x" }
  - { name: d, compare: job.current.action.a.status == "succeeded" }
  - { name: e, match: { pattern: z, of: '\${{ job.current.action.quiet.output.v }}' } }`);
    const of = { expr: 'job.current.action["loud"].stdout' };
    expect(plans.slice(2).map(({ input }) => input['of'])).toEqual([
      of,
      of,
      of,
      undefined,
      { expr: 'job.current.action.quiet.output.v' },
    ]);
    expect(plans.map(({ needsText }) => needsText)).toEqual([false, true, false, false, false, false, false]);
  });

  test('whose standard output a later expression reads gives it back', () => {
    const plans = planned(`
  - { name: a, run: x }
  - { name: b, run: x, environ: { A: 'x\${{ job.current.action["a"].stdout.trim() }}' } }
  - { name: c, run: x, skip_if: size(job.current.action.b.stdout) > 3 }`);
    expect(plans.map(({ needsText }) => needsText)).toEqual([true, true, false]);
  });

  test('may have a Credential where a Worker runs it', () => {
    const [plan] = planned('  - http: { url: https://a, headers: { X: { from_credential: api, property: token } } }');
    expect(plan?.input['headers']).toEqual({ object: { X: { credential: { name: 'api', property: 'token' } } } });
  });

  test('of a type that a plugin brings is known by its manifest alone', () => {
    const catalogue = catalogueOf(
      [
        ...builtInCatalogue.actions.values(),
        {
          category: 'action',
          id: 'page-duty',
          title: 'Page',
          description: 'Pages',
          place: 'native',
          short: 'text',
          input: z.object({ text: z.string().max(5), urgent: z.boolean().default(false) }),
          example: 'page-duty: x',
        },
      ],
      [...builtInCatalogue.engines.values()],
    );
    expect(planned('  - page-duty: down', '', catalogue)[0]).toMatchObject({
      type: 'page-duty',
      input: { text: { literal: 'down' }, urgent: { literal: false } },
    });
    expect(check('  - page-duty: much longer', '', catalogue).problems.map(formatProblem).join()).toContain(
      'at most 5 characters',
    );
  });
});

describe('what is wrong with Actions', () => {
  test.each([
    ['- { name: a }', 'an Action needs a type: one of approval, checkout'],
    ['- { rnu: x }', '6:7 jobs[0].actions[0].rnu: there is no type of Action and no field "rnu"; did you mean "run"?'],
    ['- { type: rnu, command: x }', 'did you mean "run"?'],
    ['- { run: x, match: y }', 'an Action has one type, this has run and match'],
    ['- { run: x, type: match }', 'type says match, the field run says otherwise'],
    ['- { run: x, enviro: { A: b } }', 'no field "enviro" beside run; did you mean "environ"?'],
    ['- { run: x, skipif: "true" }', 'no field "skipif" beside run; did you mean "skip_if"?'],
    ['- { run: { comand: x } }', 'no field "comand"; did you mean "command"?'],
    ['- { run: { command: x, environ: { A: b } }, environ: { A: c } }', 'environ is there twice'],
    ['- { run: x, environ: { "A B": c } }', 'a variable’s name holds letters'],
    ['- { run: x, success_exit_status: [256] }', 'at most 255'],
    [
      "- { run: 'echo ${{ pipeline.parameters.env }}' }",
      "run is code, and ${{ }} in it could turn data into code. Pass the value by environ, as environ: { NAME: '${{ … }}' }",
    ],
    ["- { run: x, shell: [bash, '${{ trigger.title }}'] }", 'shell is code'],
    [
      '- { run: x, reconcile: test -e done }',
      'reconcile is part of the language, but this version does not execute it yet',
    ],
    [
      "- { run: x, environ: '${{ trigger.title }}' }",
      "the names in environ must be written in place, as data could choose one that makes it code. Write environ: { NAME: '${{ … }}' }",
    ],
    ["- { match: '${{ trigger.title }}', of: a }", 'is code'],
    ['- { match: "(", of: a }', 'is no pattern'],
    ['- { match: a }', 'no Action before this one prints anything. Say what to read by of.'],
    ['- { compare: 1 == }', 'is no expression'],
    ['- { compare: pipeline.parameters.evn == "x" }', 'did you mean "env"?'],
    [
      "- { set: { a: '${{ job.current.action.later.output }}' } }\n  - { name: later, run: x }",
      '"later" has not run before this one',
    ],
    ["- { run: x, environ: { A: '${{ pipeline.parameters.env' } }", 'a ${{ is not closed by }}'],
    ["- { run: x, environ: { A: '${{ }}' } }", 'there is nothing between'],
    [
      '- { run: x, environ: { A: \'${{ job["k"].output.x }}\' } }\n- { name: k, actions: [{ run: x }] }',
      'the Job "k" is not upstream',
    ],
    ['- { store: { key: ../a, path: b } }', 'a store key is segments'],
    ['- { store: a }', 'store takes an object with key, path'],
    ['- { store: { key: a } }', 'path is missing'],
    ['- { http: { url: https://x, method: get } }', '"get" is none of GET'],
    ['- { http: { url: https://x, expect_status: 200 } }', 'this must be a list, not 200'],
    ['- { wait: 5 }', 'this must be text, not 5'],
    ['- { wait: { trigger: on-push } }', 'there is no Trigger "on-push"'],
    ["- { wait: { trigger: '${{ trigger.title }}' } }", 'this must be the name of a Trigger, written in place'],
    ['- { wait: {} }', 'wait takes either for or trigger'],
    ['- { wait: { for: 1s, trigger: a } }', 'wait takes either for or trigger'],
    ['- { wait: { for: 1s, timeout: 1s } }', 'timeout belongs to trigger'],
    ['- { checkout: { to: a } }', 'either path or url'],
    ['- { checkout: { path: a, url: b } }', 'either path or url'],
    ['- { checkout: { path: a, ref: main } }', 'belong to url'],
    ['- { checkout: { url: a, credential: hunter2 } }', 'a secret may not stand in a file'],
    ["- { checkout: { url: a, credential: '${{ trigger.title }}' } }", 'a secret may not stand in a file'],
    ['- { set: { a: { from_credential: x } } }', 'set is not run by a Worker, so it cannot have a Credential'],
    [
      "- { http: { url: a, body: { from_credential: '${{ trigger.title }}' } } }",
      'this must be the name of a Credential',
    ],
    ['- { http: { url: a, body: { from_credential: x, proprety: y } } }', 'did you mean "property"?'],
    ['- { trigger: nope }', 'there is no Pipeline "nope"'],
    ['- { approval: { prompt: x, timeout: soon } }', '"soon" is no duration'],
    ['- { run: x, requires: [b] }\n  - { name: b, run: x }', 'the Action b does not come before this one'],
    ['- { name: build, run: x }\n  - { run: x, requires: [biuld] }', 'did you mean "build"?'],
    ['- { name: a, run: x }\n  - { name: a, run: x }', 'the Action a is there twice'],
    ['- { fail: no }\n  - { run: x }', 'this Action is never reached: fail before it always ends the Job'],
    ['- { run: x, on_success: end success, on_failure: end failure }\n  - { run: x }', 'is never reached'],
  ])('%s', (actions, expected) => {
    expect(faults(`  ${actions}`)).toContain(expected);
  });
});

describe('an Action of the library', () => {
  const announce = `---
kind: Action
name: announce
params: [{ name: text, type: string }, { name: times, type: number, default: 2 }, { name: token, type: string, default: none }]
run: echo "$TEXT"
environ:
  WHOLE: '\${{ job.self.params.text }}'
  PART: 'a \${{ job.self.params.text + "!" }} \${{ job.self.params.times }}'
  TOKEN: '\${{ job.self.params.token }}'
skip_if: job.self.params.times > 3
on_failure: continue failure
`;
  const environ = (plans: ActionPlan[]) => {
    const value = plans.at(-1)?.input['environ'];
    return value !== undefined && 'object' in value ? value.object : undefined;
  };

  test('has what it is given in its place, types and Credentials kept', () => {
    const plans = planned(
      "  - { announce: { text: 'x\"y', token: { from_credential: t } }, on_success: end success, skip_if: pipeline.parameters.env == 'q' }",
      announce,
    );
    expect(environ(plans)).toEqual({
      WHOLE: { literal: 'x"y' },
      PART: { template: ['a ', { expr: '"x\\"y" + "!"' }, ' ', { expr: '2' }] },
      TOKEN: { credential: { name: 't' } },
    });
    expect(plans[0]).toMatchObject({
      name: 'announce',
      type: 'run',
      skipIf: "(2 > 3) || (pipeline.parameters.env == 'q')",
      onSuccess: 'end success',
      onFailure: 'continue failure',
    });
  });

  test('takes expressions and texts with expressions', () => {
    const plans = planned(
      "  - { announce: { text: 'env ${{ pipeline.parameters.env }}', times: '${{ 1 + 1 }}' } }",
      announce,
    );
    expect(environ(plans)).toMatchObject({
      WHOLE: { template: ['env ', { expr: 'pipeline.parameters.env' }] },
      PART: { template: ['a ', { expr: '("env " + string(pipeline.parameters.env)) + "!"' }, ' ', { expr: '1 + 1' }] },
    });
  });

  test.each([
    ['- { announce: { } }', 'the Action announce needs text (string)'],
    ['- { announce: { txt: a, text: b } }', 'did you mean "text"?'],
    ['- { announce: hello }', 'announce takes an object with its params: text, times, token'],
    ['- { announce: { text: { from_credential: t } } }', 'text is a Credential here, so it can only be a whole value'],
    ['- { announce: { text: a }, environ: { A: b } }', 'no field "environ" beside announce'],
    ['- { anounce: { text: a } }', 'did you mean "announce"?'],
  ])('%s', (action, expected) => {
    expect(faults(`  ${action}`, announce)).toContain(expected);
  });

  test('may not be called as a type is, call another or know its Job', () => {
    const action = (fields: string) => `---\nkind: Action\n${fields}\n`;
    expect(faults('  - run: x', action('name: match\nrun: x'))).toContain('there is a type of Action called match');
    expect(faults('  - a: { }', action('name: a\nb: { }') + action('name: b\nrun: x'))).toContain('it cannot call b');
    expect(faults('  - a: { }', action("name: a\nrun: x\nenviron: { A: '${{ pipeline.parameters.env }}' }"))).toContain(
      'give it a param of its own',
    );
  });
});
