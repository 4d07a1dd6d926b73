import { expect, test } from 'vitest';
import { readModel } from './model.ts';

const ecs = readModel('ecs');

test.each([
  ['what is asked for', { taskDefinition: 'x' }, []],
  ['a lacking field', {}, ['RunTask: taskDefinition is lacking']],
  ['a field that there is not', { taskDefinition: 'x', Cluster: 'y' }, ['RunTask: there is no Cluster']],
  ['a wrong type', { taskDefinition: 1 }, ['RunTask.taskDefinition: a string is wanted, not 1']],
  [
    'a wrong type far down',
    { taskDefinition: 'x', overrides: { containerOverrides: [{ command: 'ls' }] } },
    ['RunTask.overrides.containerOverrides[0].command: a list is wanted, not "ls"'],
  ],
  [
    'another word',
    { taskDefinition: 'x', propagateTags: 'ALL' },
    ['RunTask.propagateTags: one of TASK_DEFINITION, SERVICE, NONE, not "ALL"'],
  ],
])('the published model is held: %s', (_, request, problems) => {
  expect(ecs.problems('RunTask', 'input', request)).toEqual(problems);
});

test('bounds and patterns hold, and errors are those of the operation', () => {
  const logs = readModel('logs');
  expect(logs.problems('GetLogEvents', 'input', { logStreamName: 'a:b', limit: 20_000 })).toHaveLength(2);
  expect(ecs.problems('RunTask', 'output', { tasks: [{ createdAt: 'today' }] })).toHaveLength(1);
  expect(ecs.mayFail('RunTask', 'ClusterNotFoundException')).toBe(true);
  expect(ecs.mayFail('DescribeTaskDefinition', 'ClusterNotFoundException')).toBe(false);
});
