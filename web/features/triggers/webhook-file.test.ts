import { expect, test } from 'vitest';
import { builtInCatalogue, checkFiles } from '../../../core/language/index.ts';
import { type NewWebhook, webhookFile } from './webhook-file.ts';

const pipeline =
  'name: build\nparameters: [{ name: branch, type: string }]\njobs: [{ name: a, actions: [{ run: x }] }]\n';
const base: NewWebhook = {
  kind: 'github',
  name: 'on-push',
  events: ['push'],
  branches: ['main', 'release/*'],
  pipeline: 'build',
  args: { branch: '${{ trigger.branch }}' },
};

function check(webhook: Partial<NewWebhook>) {
  const content = `${pipeline}---\n${webhookFile({ ...base, ...webhook })}`;
  return checkFiles([{ name: 'f.yaml', content }], [], builtInCatalogue);
}

test.each<Partial<NewWebhook>>([
  {},
  { kind: 'gitlab', branches: [] },
  { kind: 'gitea' },
  { kind: 'webhook', events: [], branches: [] },
  { pipeline: '', args: {} },
])('what it writes is right: %j', (webhook) => {
  expect(check(webhook).problems).toEqual([]);
});

test('what was typed is a value and nothing else', () => {
  const { documents } = check({ branches: ['a"]}\nruns: [] #', "'"], args: { branch: 'x: y\n---\nkind: Job' } });
  expect(documents.map(({ kind }) => kind)).toEqual(['Pipeline', 'Credential', 'Trigger']);
  expect(documents[2]?.json).toMatchObject({
    github: { branches: ['a"]}\nruns: [] #', "'"] },
    runs: [{ args: { branch: 'x: y\n---\nkind: Job' } }],
  });
});

test('a name that is none is said, with its place', () => {
  expect(check({ name: 'my hook' }).problems.some(({ path }) => path === 'name')).toBe(true);
});
