import { describe, expect, test } from 'vitest';
import { formatProblem } from '../errors.ts';
import { parseFiles } from './parse.ts';

const parse = (content: string) => parseFiles([{ name: 'f.yaml', content }]);
const faults = (content: string) => parse(content).problems.map(formatProblem);

describe('a file', () => {
  test('holds several documents, each kept as it was written', () => {
    const first = '# A comment\nname: a\njobs: [{ name: x, job: y }]\n';
    const second = 'kind: Engine # here too\nname: box\ntype: local\n';
    const { documents, problems } = parse(`${first}---\n${second}---\n`);
    expect(problems).toEqual([]);
    expect(documents.map(({ kind, name, source }) => ({ kind, name, source }))).toEqual([
      { kind: 'Pipeline', name: 'a', source: first },
      { kind: 'Engine', name: 'box', source: second },
    ]);
    expect(documents[1]?.locate(['type'])).toEqual({ file: 'f.yaml', line: 7, column: 7 });
    expect(documents[1]?.locate(['type'], true)).toEqual({ file: 'f.yaml', line: 7, column: 1 });
  });

  test('may use anchors, and a fault in what they stand for is shown where it is written', () => {
    const { documents } = parse(
      'name: a\njobs:\n  - { name: x, job: y, args: &all { a: 1 } }\n  - { name: z, job: y, args: *all }\n',
    );
    expect(documents[0]?.json).toMatchObject({ jobs: [{ args: { a: 1 } }, { args: { a: 1 } }] });
    expect(documents[0]?.locate(['jobs', 1, 'args', 'a'])).toMatchObject({ line: 3, column: 40 });
  });
});

describe('faults name the place, the field and what is right', () => {
  test('several at once, in each file', () => {
    const { problems } = parseFiles([
      { name: 'a.yaml', content: 'name: a\nparamters: []\njobs:\n  - name: x\n    actoins: []\n    requires: y\n' },
      { name: 'b.yaml', content: 'kind: Jbo\nname: b\n' },
    ]);
    expect(problems.map(formatProblem)).toEqual([
      'a.yaml:6:15 jobs[0].requires: this must be a list, not "y".',
      'a.yaml:5:5 jobs[0].actoins: there is no field "actoins"; did you mean "actions"?',
      'a.yaml:2:1 paramters: there is no field "paramters"; did you mean "parameters"?',
      'b.yaml:1:7 kind: there is no kind "Jbo"; did you mean "Job"?',
    ]);
  });

  test.each([
    ['jobs: [{ name: a, job: b }]', 'f.yaml:1:1 name: name is missing. It is text.'],
    ['name: 1\njobs: [{ name: a, job: b }]', "f.yaml:1:7 name: this must be text, not 1. Put it in quotes: '1'."],
    [
      'name: 1a\njobs: [{ name: a, job: b }]',
      'f.yaml:1:7 name: a name begins with a letter and holds letters, digits, - and _.',
    ],
    [
      'name: self\njobs: [{ name: a, job: b }]',
      'f.yaml:1:7 name: self and current mean something else in expressions; take another name.',
    ],
    ['name: a\njobs: []', 'f.yaml:2:7 jobs: this is empty. Give at least one.'],
    [
      'name: a\njobs: [{ name: b, job: c, when: sucess }]',
      'f.yaml:2:33 jobs[0].when: "sucess" is none of success, failure, always; did you mean "success"?',
    ],
    [
      'name: a\njobs: [{ name: b, job: c, timeout: 5 }]',
      "f.yaml:2:36 jobs[0].timeout: this must be text, not 5. Put it in quotes: '5'.",
    ],
    [
      'name: a\njobs: [{ name: b, job: c, timeout: 5 minutes }]',
      'f.yaml:2:36 jobs[0].timeout: "5 minutes" is no duration: write a whole number above 0 and its unit, as 500ms, 30s, 5m, 2h or 30d, at most 3650d.',
    ],
    [
      "name: a\njobs: [{ name: b, job: c, skip_if: '${{ true }}' }]",
      'f.yaml:2:36 jobs[0].skip_if: this is an expression already; write it without ${{ }}.',
    ],
    ['name: a\nname: b\njobs: [{ name: b, job: c }]', 'f.yaml:2:1: this field is there twice.'],
    [
      'name: a\njobs: [{ name: b, actions: [{ run: x, reconcile: y }] }]',
      'f.yaml:2:39 jobs[0].actions[0].reconcile: reconcile is part of the language, but this version does not execute it yet.',
    ],
    [
      'kind: Engine\nname: a\ntype: local\nsetup: { job: x, jobs: y }',
      'f.yaml:4:18 setup.jobs: there is no field "jobs"; did you mean "job"?',
    ],
    [
      'kind: Credential\nname: a\ntype: Text\ndata: { text: hunter2 }',
      'f.yaml:4:15 data.text: write { from_environment: NAME }, { from_file: path } or { generated: true }; a value itself is never kept in a file.',
    ],
    ['', 'f.yaml:1:1: the file is empty.'],
    ['text', 'f.yaml:1:1: a document must be an object with the fields of its kind.'],
    ['name: "a', 'f.yaml:1:9: Missing closing "quote.'],
    ['1: a', 'f.yaml:1:1: a field’s name must be text. Put it in quotes.'],
    ['name: .inf', 'f.yaml:1:7: this is no number, text, true, false or null.'],
    ['__proto__: { a: 1 }', 'f.yaml:1:1: a field may not be called __proto__.'],
    ['a: *b', 'f.yaml:1:4: there is no anchor "b" before this.'],
  ])('%j', (content, expected) => {
    expect(faults(content)).toEqual([expected]);
  });

  test('says that something is not executed yet by its code', () => {
    expect(parse('name: a\njobs: [{ name: b, actions: [{ run: x, reconcile: y }] }]').problems[0]?.code).toBe(
      'not_executed_yet',
    );
  });
});

describe('hostile files are refused at once', () => {
  const bomb = [
    'a: &a [x,x,x,x,x,x,x,x,x]',
    ...'bcdefghi'.split('').map((name, index) => `${name}: &${name} [${`*${'abcdefghi'[index]},`.repeat(9)}]`),
  ];
  test.each([
    ['10 MB', 'x'.repeat(10_000_000), 'larger than 1 MiB'],
    ['an alias bomb', bomb.join('\n'), 'more than 100000 values'],
    ['an alias of itself', 'a: &a [*a]', 'nested more than 64 deep'],
    ['deep flow lists', '['.repeat(1_000_000), 'nested too deep'],
    ['deep flow objects', '{a: '.repeat(200_000), 'nested too deep'],
    ['deep block lists', '- '.repeat(500_000), 'too'],
    ['deep block lists, few', '- '.repeat(50_000), 'nested'],
    ['deep block objects', Array.from({ length: 1000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'), 'nested'],
    ['a million quotes', '"'.repeat(1_000_000), 'too many values'],
    ['the same field again and again', 'a:\n'.repeat(300_000), 'too many values'],
    ['many documents', '--- a\n'.repeat(170_000), 'too many values'],
  ])('%s', (_, content, expected) => {
    const start = process.threadCpuUsage();
    expect(faults(content).join()).toContain(expected);
    expect(process.threadCpuUsage(start).user).toBeLessThan(1_500_000);
  });
});
