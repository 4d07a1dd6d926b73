import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../json.ts';
import type { Plan } from '../plan.ts';
import { builtInCatalogue } from './catalogue.ts';
import { checkFiles } from './check-files.ts';
import { parseFiles } from './parse.ts';
import { printDocument } from './print.ts';

const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_-]{0,12}$/).filter((text) => text !== 'self' && text !== 'current');
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom(
    '',
    ' ',
    'null',
    '~',
    '1',
    '0x1',
    'true',
    '- a',
    '# b',
    "it's",
    '"',
    '|',
    'a: b',
    '\n',
    ' a\n b ',
    '\u2028',
    '*a',
    '&a',
    '!t',
    '<<',
    '=',
    '1:20',
  ),
);
const json = fc
  .jsonValue({ maxDepth: 3, noUnicodeString: false })
  .filter((value) => !JSON.stringify(value).includes('__proto__'));
const field = fc.oneof(
  name,
  text.filter((key) => key !== '__proto__'),
);

const action = fc.oneof(
  fc.record({ name, run: text }, { requiredKeys: ['run'] }),
  fc.record(
    { run: fc.record({ command: text, environ: fc.dictionary(field, text) }), timeout: fc.constant('5m') },
    { requiredKeys: ['run'] },
  ),
  fc.record({ set: fc.dictionary(field, json) }),
);
const document = fc.record(
  {
    kind: fc.constant('Pipeline'),
    name,
    description: text,
    parameters: fc.array(
      fc.record({ name, type: fc.constantFrom('string', 'list'), default: json }, { requiredKeys: ['name', 'type'] }),
      { maxLength: 3 },
    ),
    jobs: fc.array(
      fc.record({
        name,
        requires: fc.array(name, { maxLength: 2 }),
        actions: fc.array(action, { minLength: 1, maxLength: 3 }),
      }),
      { minLength: 1, maxLength: 3 },
    ),
  },
  { requiredKeys: ['name', 'jobs'] },
);

test('reading what was printed gives what was printed', () => {
  fc.assert(
    fc.property(document, (one) => {
      const { documents, problems } = parseFiles([{ name: 'f', content: printDocument(one as JsonObject) }]);
      expect(problems).toEqual([]);
      expect(documents[0]?.json).toEqual(one);
      expect(Object.keys(documents[0]?.json ?? {})).toEqual(Object.keys(one));
    }),
    { numRuns: 500 },
  );
});

/** A graph without rings: each may require those of a random order before it. */
const graph = fc
  .uniqueArray(name, { minLength: 1, maxLength: 12 })
  .chain((names) =>
    fc.tuple(
      fc.constant(names),
      fc.shuffledSubarray(names, { minLength: names.length }),
      fc.array(fc.array(fc.nat(20), { maxLength: 4 }), { minLength: names.length, maxLength: names.length }),
      fc.boolean(),
    ),
  )
  .map(([names, order, picks, asGroup]) => {
    const requires = new Map(
      order.map((one, index) => [
        one,
        [...new Set((picks[index] ?? []).filter((pick) => pick < index).map((pick) => order[pick] as string))],
      ]),
    );
    return { names, requires, asGroup };
  });

describe('any graph without rings', () => {
  test('is planned, whole, with each Job after those that it requires', () => {
    fc.assert(
      fc.property(graph, ({ names, requires, asGroup }) => {
        const jobs = names.map((one) => ({ name: one, requires: requires.get(one) ?? [], actions: [{ run: 'true' }] }));
        const pipeline = { name: 'p', jobs: asGroup ? [{ name: 'group', jobs }] : jobs };
        const plan = plansOf(pipeline).get('p') as Plan;
        const [first] = plan.jobs;
        const planned = asGroup && first?.body.kind === 'jobs' ? first.body.jobs : plan.jobs;
        expect(planned.map((job) => job.name).sort()).toEqual([...names].sort());
        const seen = new Set<string>();
        for (const job of planned) {
          expect(job.requires.filter((one) => !seen.has(one))).toEqual([]);
          expect([...job.requires].sort()).toEqual([...(requires.get(job.name) ?? [])].sort());
          seen.add(job.name);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('lets a Job read exactly those upstream of it', () => {
    fc.assert(
      fc.property(graph, fc.nat(20), fc.nat(20), ({ names, requires }, reader, read) => {
        const from = names[reader % names.length] as string;
        const to = names[read % names.length] as string;
        const upstream = new Set<string>();
        const visit = (one: string): void => {
          for (const next of requires.get(one) ?? []) {
            upstream.add(next);
            visit(next);
          }
        };
        visit(from);
        const jobs = names.map((one) => ({
          name: one,
          requires: requires.get(one) ?? [],
          actions: [{ run: 'true', environ: one === from ? { A: `\${{ job["${to}"].status }}` } : {} }],
        }));
        const { problems } = checkFiles(
          [{ name: 'f', content: JSON.stringify({ name: 'p', jobs }) }],
          [],
          builtInCatalogue,
        );
        expect(problems.length === 0).toBe(upstream.has(to));
      }),
      { numRuns: 300 },
    );
  });

  test('closed to a ring is refused', () => {
    fc.assert(
      fc.property(graph, ({ names, requires }) => {
        const chain = [...names];
        const jobs = chain.map((one, index) => ({
          name: one,
          requires: [...new Set([...(requires.get(one) ?? []), chain[(index + 1) % chain.length] as string])],
          actions: [{ run: 'true' }],
        }));
        const { problems, plans } = checkFiles(
          [{ name: 'f', content: JSON.stringify({ name: 'p', jobs }) }],
          [],
          builtInCatalogue,
        );
        expect(problems.some(({ message }) => /require one another|requires itself/.test(message))).toBe(true);
        expect(plans.size).toBe(0);
      }),
    );
  });
});

function plansOf(pipeline: object) {
  const { plans, problems } = checkFiles([{ name: 'f', content: JSON.stringify(pipeline) }], [], builtInCatalogue);
  expect(problems).toEqual([]);
  return plans;
}
