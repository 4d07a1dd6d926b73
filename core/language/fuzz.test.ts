import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkExpression, evaluate, type Scope, splitTemplate } from '../expressions/index.ts';
import { Plan } from '../plan.ts';
import { builtInCatalogue } from './catalogue.ts';
import { checkFiles } from './check-files.ts';
import { noNames } from './planning.ts';

const seeds = [
  `kind: Pipeline
name: p
parameters: [{ name: env, type: string, options: [a, b], default: a }]
sequence: true
jobs:
  - name: one
    for_each: '\${{ [1, 2].map(x, x + 1) }}'
    actions:
      - { name: say, run: echo, environ: { A: '\${{ pipeline.parameters.env }}' }, retry: { attempts: 2, delay: 5s } }
      - { match: 'v([0-9]+)', on_failure: continue success }
      - { compare: 'job.current.action.match.output.0 == "1" && value.matches("x")' }
      - set: { out: '\${{ job.self.item }}' }
  - { name: two, requires: [one], job: lib, args: { a: '\${{ job["one"].output[0].out }}' }, skip_if: 'pipeline.parameters.env == "b"' }
  - { name: three, jobs: [{ name: in, pipeline: q }], when: always }
`,
  `kind: Job
name: lib
params: [{ name: a, type: number }]
engine: { type: local, shell: [bash, -c], runs_on: { os: linux } }
actions:
  - announce: { text: '\${{ job.self.params.a }}' }
  - store: { key: 'a/\${{ job.self.params.a }}', path: b }
  - checkout: { url: https://x, credential: { from_credential: c, property: p } }
  - approval: { prompt: 'ok?', timeout: 1d }
---
kind: Action
name: announce
params: [{ name: text, type: number }]
run: echo
environ: { T: '\${{ job.self.params.text + 1 }}' }
---
name: q
jobs: [{ name: x, actions: [&a { wait: 1s }, *a] }, { name: y, engine: box, actions: [{ run: x }, { engine: { type: local, teardown: { job: up, args: { b: 2 } } }, run: y }] }]
---
kind: Engine
name: box
type: local
setup: { job: up, args: { b: 1 } }
teardown: { job: down }
---
kind: Job
name: up
params: [{ name: b, type: number }]
actions: [{ run: x, environ: { B: '\${{ job.self.params.b }}' } }, { set: { environ: { A: 1 } } }]
---
kind: Job
name: down
timeout: 1m
actions: [{ engine: local, run: x }, { engine: box, run: x }]
`,
];

/** Cuts, doubles, swaps and replaces parts of a text. */
const mutated = fc
  .tuple(
    fc.constantFrom(seeds[0] as string, seeds[1] as string, seeds.join('---\n')),
    fc.array(
      fc.tuple(
        fc.nat(),
        fc.nat(40),
        fc.constantFrom('cut', 'double', 'put', 'swap'),
        fc.oneof(
          fc.string({ maxLength: 6 }),
          fc.constantFrom(
            '${{',
            '}}',
            '__proto__',
            'constructor',
            '[',
            '{',
            ':',
            '\n',
            '- ',
            '&a ',
            '*a',
            '0',
            'null',
            '"',
            'job',
            'name: ',
            '\u0000',
            '\u2028',
          ),
        ),
      ),
      { minLength: 1, maxLength: 8 },
    ),
  )
  .map(([seed, edits]) =>
    edits.reduce((content, [where, length, edit, put]) => {
      const from = where % (content.length + 1);
      const part = content.slice(from, from + length);
      const rest = content.slice(from + length);
      if (edit === 'cut') return content.slice(0, from) + rest;
      if (edit === 'double') return content.slice(0, from) + part + part + rest;
      if (edit === 'swap') return content.slice(0, from) + rest + part;
      return content.slice(0, from) + put + content.slice(from);
    }, seed),
  );

test('the seeds are fine, so that what is near them is tried', () => {
  const { problems } = checkFiles([{ name: 'f', content: seeds.join('---\n') }], [], builtInCatalogue);
  expect(problems).toEqual([]);
});

test('no file crashes it: there is a plan, or problems with their place', () => {
  fc.assert(
    fc.property(mutated, (content) => {
      const { plans, problems } = checkFiles([{ name: 'f', content }], [], builtInCatalogue);
      const lines = content.split('\n').length;
      for (const { line, column, message } of problems) {
        expect(line >= 1 && line <= lines && column >= 1 && message.length > 0).toBe(true);
      }
      for (const plan of plans.values()) expect(Plan.parse(plan)).toEqual(plan);
    }),
    { numRuns: 1500 },
  );
  // Seconds of work, which are minutes on a machine that does much else.
}, 120_000);

const scope: Scope = {
  parameters: {
    a: 1,
    s: 'text',
    l: [1, 'x', null, { b: 2.5 }],
    o: JSON.parse('{"__proto__": 1, "constructor": {"prototype": 2}}'),
  },
  params: {},
  actions: {},
  jobs: {},
  trigger: {},
};
const piece = fc.constantFrom(
  'pipeline.parameters',
  '.a',
  '.s',
  '.l',
  '.o',
  '.0',
  '[0]',
  '["x"]',
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  '"',
  "'",
  'job',
  '.self',
  '.constructor',
  '.__proto__',
  '.prototype',
  '["__proto__"]',
  '["constructor"]',
  '.map(x, ',
  '.all(x, ',
  '.filter(y, ',
  'x',
  'y',
  ' + ',
  ' - ',
  ' * ',
  ' / ',
  ' % ',
  ' == ',
  ' in ',
  ' && ',
  ' || ',
  ' ? ',
  ' : ',
  '!',
  '-',
  '1',
  '2.5',
  '"s"',
  'true',
  'null',
  'has(',
  'size(',
  'string(',
  'int(',
  '.matches("a+")',
  '.split(",")',
  '.join()',
  '.toString()',
  'this',
  'globalThis',
  'r"',
  '"""',
  '//',
  '\n',
  ' ',
  '\u0000',
  'b"',
  '1u',
  '0x',
  'e9',
  '_',
  'dyn(',
  'type(',
  'constructor',
);

test('no expression crashes it or reaches the host: there is JSON, or an error that says which expression', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
      const expression = pieces.join('');
      expect(checkExpression(expression, noNames)).toEqual(expect.any(Array));
      try {
        const value = evaluate(expression, scope);
        expect(JSON.parse(JSON.stringify(value))).toEqual(value);
      } catch (error) {
        expect(error).toMatchObject({ code: 'expression_failed' });
      }
    }),
    { numRuns: 5000 },
  );
});

test('no text crashes the search for expressions in it', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('${{', '}}', '{', '}', '"', "'", '\\', 'a', ' '), { maxLength: 20 }),
      (pieces) => {
        const text = pieces.join('');
        const split = splitTemplate(text);
        if ('parts' in split && !text.includes('${{')) expect(split.parts).toEqual(text === '' ? [] : [text]);
      },
    ),
    { numRuns: 3000 },
  );
});
