import { describe, expect, test } from 'vitest';
import { checkExpression, expressionType, type Names } from './index.ts';

const names: Names = {
  parameters: new Map([
    ['environment', 'string'],
    ['count', 'number'],
  ]),
  params: new Map([['changed', 'boolean']]),
  each: false,
  actions: new Set(['plan', 'version_match']),
  allActions: new Set(['plan', 'version_match', 'apply']),
  jobs: () => new Set(['terraform-plan']),
  otherJobs: () => new Set(['terraform-plan', 'terraform-apply']),
  value: false,
};

describe('an expression may be saved', () => {
  test.each([
    'pipeline.parameters.environment != "prod"',
    'job.self.params.changed',
    'job.current.action.version_match.output.0 == "3.18.0"',
    'job.current.action["plan"].exit_status == 2',
    'has(job["terraform-plan"].output.changed) ? job["terraform-plan"].output.changed : false',
    'job["terraform-plan"].output.list.map(x, x.name + "-" + x["y"]).join(",")',
    'trigger.payload.at["all"]',
    '"environment" in pipeline.parameters',
    'pipeline.parameters.count + 1 > 2',
    'pipeline.parameters["environment"].matches("^p.*d$")',
    '[1, "a", true, null].size() == 4',
  ])('%s', (expression) => {
    expect(checkExpression(expression, names)).toEqual([]);
  });
});

describe('an expression is refused', () => {
  test.each([
    ['pipeline.parameters.enviroment', 'no parameter "enviroment"; did you mean "environment"?'],
    ['pipeline.parameter.environment', 'no field "parameter"; did you mean "parameters"?'],
    ['pipelin.parameters.x', 'there is no "pipelin"; did you mean "pipeline"?'],
    ['job.self.params.chnged', 'did you mean "changed"?'],
    ['job.self.item', 'for_each only'],
    ['job.self.parms', 'did you mean "params"?'],
    ['job.current.action.plna.output', 'did you mean "plan"?'],
    ['job.current.action.plan.exit_code', 'no field "exit_code"; there is status, exit_status, output, stdout'],
    ['job.current.action.apply.output', '"apply" has not run before this one'],
    ['job.current.actions.plan', 'did you mean "action"?'],
    ['job["terraform-apply"].output', 'is not upstream, so its result may not be there; add it to requires'],
    ['job["terraform-pln"].output', 'did you mean "terraform-plan"?'],
    ['job["terraform-plan"].outputs', 'did you mean "output"?'],
    ['job[pipeline.parameters.environment].output', 'name the Job in place'],
    ['job.current.action[pipeline.parameters.environment]', 'name the Action in place'],
    ['job', 'name the Job in place'],
    ['job.current', 'job.current alone is no value'],
    ['value == 1', 'in compare only'],
    ['siz("a")', 'no function "siz"; did you mean "size"?'],
    ['"a".startWith("b")', 'did you mean "startsWith"?'],
    ['"a".substring()', 'substring does not take 0 arguments'],
    ['"a".matches("(a")', 'is no pattern'],
    ['"a".matches("(?=a)")', 'is no pattern'],
    ['timestamp("2024-01-01T00:00:00Z") == timestamp("2024-01-01T00:00:00Z")', 'no function "timestamp"'],
    ['b"abc".hex()', 'no method "hex"'],
    ['has(pipeline)', 'has takes one path'],
    ['[1].map(x)', 'is written list.map(x, …)'],
    ['[1].map(job, job)', 'may not be called job'],
    ['[1].map(a, [1].map(b, [1].map(c, [1].map(d, d))))', 'nested 3 deep'],
    ['cel.bind(x, 1, x)', 'there is no "cel"'],
    ['"a" + 1', 'no such overload'],
    ['1 && true', 'bool'],
    ['pipeline.parameters.count ==', 'is no expression'],
    ['[1].map(x, x.y.z(pipeline.parameters.nope))', 'no parameter "nope"'],
    ['trigger[pipeline.parameters.nope]', 'no parameter "nope"'],
    ['trigger.brnch == "main"', 'trigger has no field "brnch"; did you mean "branch"?'],
  ])('%s', (expression, fault) => {
    expect(checkExpression(expression, names).join('; ')).toContain(fault);
  });

  test('with everything that is wrong in it', () => {
    expect(checkExpression('pipeline.parameters.a + pipeline.parameters.b', names)).toHaveLength(2);
  });

  test('in a Job of the library where it reads the parameters of a Pipeline', () => {
    const library = { ...names, parameters: undefined };
    expect(checkExpression('pipeline.parameters.environment', library)[0]).toContain('give it a param of its own');
  });

  test('where params are not there yet', () => {
    expect(checkExpression('job.self.params.changed', { ...names, params: undefined })[0]).toContain('read before it');
  });
});

describe('the type that an expression has whatever the data', () => {
  test.each([
    ['pipeline.parameters.environment', 'string'],
    ['pipeline.parameters["count"]', 'number'],
    ['job.self.params.changed', 'boolean'],
    ['pipeline.parameters.environment == "prod"', 'boolean'],
    ['has(job["terraform-plan"].output.x)', 'boolean'],
    ['1 + 1', 'number'],
    ['1.5', 'number'],
    ['"a"', 'string'],
    ['[1]', 'list'],
    ['{"a": 1}', 'object'],
    ['job["terraform-plan"].output.x', undefined],
    ['trigger.payload', undefined],
  ])('%s is %s', (expression, type) => {
    expect(expressionType(expression, names)).toBe(type);
  });
});
