import { describe, expect, test } from 'vitest';
import { evaluate, type Scope } from './index.ts';

const scope: Scope = {
  parameters: { environment: 'prod', 'with-hyphen': true, count: 3, ratio: 0.5, list: [1, 2, 3], nothing: null },
  params: { changed: true, text: 'abc' },
  each: { item: { name: 'x' }, index: 1 },
  actions: {
    plan: { status: 'succeeded', exit_status: 2, output: { a: 1 }, stdout: 'Alpine Linux v3.18.0' },
    version_match: { status: 'succeeded', exit_status: null, output: ['3.18.0', null, ['x', 'y']] },
  },
  jobs: {
    'a-b': { status: 'succeeded', output: { changed: true } },
    many: { status: 'failed', output: [{ n: 1 }, { n: 2 }] },
  },
  trigger: { kind: 'push', payload: JSON.parse('{"__proto__": {"x": 1}, "constructor": "text"}') },
};

describe('an expression computes', () => {
  test.each([
    ['pipeline.parameters.environment == "prod"', true],
    ['pipeline.parameters["with-hyphen"]', true],
    ['!job.self.params.changed', false],
    ['job.current.action.plan.exit_status == 2', true],
    ['job.current.action.version_match.output.0 == "3.18.0"', true],
    ['job.current.action.version_match.output.2.1', 'y'],
    ['job.current.action.version_match.output .2 .1', 'y'],
    ['job["a-b"].output.changed', true],
    ['job["many"].output.map(o, o.n)', [1, 2]],
    ['job.many.output.0.n', 1],
    ['has(job["a-b"].output.changed)', true],
    ['has(job["a-b"].output.other)', false],
    ['has(job["none"].output.other)', false],
    ['has(trigger.x.y.z)', false],
    ['job.self.item.name + string(job.self.index)', 'x1'],
    ['pipeline.parameters.count + 1', 4],
    ['pipeline.parameters.count / 2', 1],
    ['pipeline.parameters.count * 1.5', 4.5],
    ['pipeline.parameters.ratio + 1', 1.5],
    ['-pipeline.parameters.count', -3],
    ['pipeline.parameters.nothing == null', true],
    ['2 in pipeline.parameters.list', true],
    ['"environment" in pipeline.parameters', true],
    ['pipeline.parameters.list + [4]', [1, 2, 3, 4]],
    ['pipeline.parameters.list.filter(x, x > 1).map(x, x * 2)', [4, 6]],
    ['pipeline.parameters.list.map(x, x > 1, x * 2)', [4, 6]],
    ['pipeline.parameters.list.exists_one(x, x == 2)', true],
    ['pipeline.parameters.list.all(x, x > 0) && !pipeline.parameters.list.exists(x, x > 3)', true],
    ['[1.0, 2.0].map(x, x / 4.0)', [0.25, 0.5]],
    ['[[1]].map(x, x.map(x, x + 1))', [[2]]],
    ['{"a": 1, "b": [true]}', { a: 1, b: [true] }],
    ['{"a": 1} == {"a": 1.0}', true],
    ['[1, "a"] == ["a", 1]', false],
    ['true ? 1 : 2', 1],
    ['"abc".matches("^/?a.c$")', true],
    ['"a,b".split(",")', ['a', 'b']],
    ['["a", "b"].join("-")', 'a-b'],
    ['" A ".trim().lowerAscii()', 'a'],
    ['"abc".substring(1, 2) + "abc".substring(2)', 'bc'],
    ['size("añ𝒜") + "abc".size() + size([1]) + size({"a": 1})', 8],
    ['int("12") + int(3.9)', 15],
    ['double("1.5")', 1.5],
    ['string(1.5) + string(true)', '1.5true'],
    ['"output.0 // no" + \'x.1\' + r"\\.0"', 'output.0 // nox.1\\.0'],
    ['1.5 + 0.5', 2],
    ['0x10', 16],
    ['"x" < "y" && 1 < 1.5', true],
    ['trigger.nothing == 1 || true', true],
    ['false && trigger.nothing == 1', false],
  ])('%s', (expression, expected) => {
    expect(evaluate(expression, scope)).toEqual(expected);
  });
});

describe('no expression costs over a bound', () => {
  const deep = JSON.parse(`${'['.repeat(5000)}${']'.repeat(5000)}`);
  const wide = Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`key-${index}`, index]));
  const hostile: Scope = {
    ...scope,
    parameters: { l: Array.from({ length: 1000 }, (_, index) => index), s: 'a'.repeat(60_000), deep, wide },
  };
  const times = (text: string, count: number) => text.repeat(count);

  test.each([
    ['nested macros', 'pipeline.parameters.l.map(x, pipeline.parameters.l.map(y, pipeline.parameters.l.map(z, x)))'],
    ['a text that doubles', `["aaaaaaaa"]${times('.map(a, a + a)', 40)}`],
    ['a text that is joined to itself', `[pipeline.parameters.s]${times('.map(a, [a, a, a, a].join(a))', 10)}`],
    ['a list that doubles', `[[1]]${times('.map(a, a + a)', 40)}`],
    ['a tree that shares its branches', `[1]${times('.map(a, [a, a, a, a])', 40)}`],
    [
      'a comparison of such trees',
      `[1]${times('.map(a, [a, a, a, a])', 30)} == [1]${times('.map(a, [a, a, a, a])', 30)}`,
    ],
    [
      'a search in a long text for a long one',
      `[pipeline.parameters.s]${times('.map(a, a + a)', 3)}.map(a, a.lastIndexOf(a.substring(1) + "b"))`,
    ],
    [
      'faults that are absorbed',
      'pipeline.parameters.l.all(x, pipeline.parameters.l.all(y, pipeline.parameters.wide["no"] == 1 || true))',
    ],
    ['values nested deep', 'pipeline.parameters.deep'],
    ['a comparison of values nested deep', 'pipeline.parameters.deep == pipeline.parameters.deep'],
    [
      'a long pattern on a long text',
      `pipeline.parameters.l.all(x, pipeline.parameters.s.matches("${times('[ab]{100}', 20)}c"))`,
    ],
    ['a source that is too long', `1${times(' + 1', 2000)}`],
    ['too many parts', `[${times('1, ', 99)}1]${times(` + [${times('1, ', 99)}1]`, 5)}`],
    ['parts nested deep', `${times('(', 200)}1${times(')', 200)}`],
  ])('%s', (_, expression) => {
    const start = process.threadCpuUsage();
    expect(() => evaluate(expression, hostile)).toThrow(expect.objectContaining({ code: 'expression_failed' }));
    expect(process.threadCpuUsage(start).user).toBeLessThan(1_500_000);
  });
});

describe('a fault names the part and what is there', () => {
  test.each([
    ['pipeline.parameters.enviroment', 'pipeline.parameters has no "enviroment"; did you mean "environment"?'],
    ['job.self.params.text.x', 'job.self.params.text is text, so it has no "x"'],
    ['job.current.action.version_match.output.7', 'has 3 elements, none at 7'],
    ['pipeline.parameters.count && true', 'pipeline.parameters.count is an integer, not true or false'],
    ['"a" + pipeline.parameters.count', 'text + an integer has no meaning; use string(…)'],
    ['1 / 0', 'division by zero'],
    ['9223372036854775807 + 1', '64 bits'],
    ['9223372036854775807', 'too large to be kept exactly'],
    ['1.0 / 0.0', 'Infinity'],
    ['"abc".substring(2, 9)', '9 is no position in a text of 3'],
    ['int("1x")', 'whole number'],
    ['"a".matches("(")', 'is no pattern'],
    ['1 +', 'is no expression'],
    ['nothing', 'there is no "nothing"'],
    ['b"x"', 'not part of this language'],
    ['trigger.nothing == 1 && true', 'trigger has no "nothing"'],
  ])('%s', (expression, expected) => {
    expect(() => evaluate(expression, scope)).toThrow(expected);
  });
});
