import { describe, expect, test } from 'vitest';
import { evaluateCondition } from '../../../core/expressions/index.ts';
import type { Forge } from '../../../core/language/forge-events.ts';
import { builtInCatalogue, checkFiles } from '../../../core/language/index.ts';
import { type NewWebhook, usualForge, usualOther } from './new-webhook.ts';
import { webhookFile } from './webhook-file.ts';

const pipeline =
  'name: build\nparameters: [{ name: branch, type: string }]\njobs: [{ name: a, actions: [{ run: x }] }]\n';
const base: NewWebhook = {
  kind: 'github',
  name: 'on-push',
  forge: { ...usualForge, branches: ['main', 'release/*'] },
  other: usualOther,
  pipeline: 'build',
  args: { branch: '${{ trigger.branch }}' },
};

function check(webhook: Partial<NewWebhook>) {
  const content = `${pipeline}---\n${webhookFile({ ...base, ...webhook })}`;
  return checkFiles([{ name: 'f.yaml', content }], [], builtInCatalogue);
}

const allOther = { header: 'X-Sign', deliveryId: 'X-Id', timeHeader: 'X-Time', tolerance: '1m' };

test.each<Partial<NewWebhook>>([
  {},
  { kind: 'gitlab', forge: { ...usualForge, events: ['merge_request', 'note'] } },
  { kind: 'gitea', forge: { ...usualForge, tags: ['v*'], paths: ['src/**', '!src/**/*.md'] } },
  { kind: 'webhook' },
  { kind: 'webhook', other: allOther },
  { pipeline: '', args: {} },
])('what it writes is right: %j', (webhook) => {
  expect(check(webhook).problems).toEqual([]);
});

test('it is written as a person would, one thing a line', () => {
  const forge = {
    events: ['push', 'pull_request'],
    branches: ['main'],
    tags: ['v*'],
    paths: ['src/**'],
    fromForks: false,
  };
  expect(webhookFile({ ...base, forge })).toBe(`kind: Credential
name: on-push-secret
type: Text
data:
  text:
    generated: true
---
kind: Trigger
name: on-push
github:
  secret:
    from_credential: on-push-secret
  events:
    - push
    - pull_request
  branches:
    - main
  tags:
    - v*
  paths:
    - src/**
if: trigger.fork == false
runs:
  - pipeline: build
    args:
      branch: \${{ trigger.branch }}
`);
});

test('of any other sender the headers that were named are written, and no others', () => {
  const secret = { from_credential: 'on-push-secret' };
  const written = (other: NewWebhook['other']) => check({ kind: 'webhook', other }).documents[2]?.json;
  expect(written(usualOther)).toMatchObject({ webhook: { secret } });
  expect(written(usualOther)?.['if']).toBeUndefined();
  expect(written(allOther)).toMatchObject({
    webhook: { secret, header: 'X-Sign', delivery_id: 'X-Id', timestamp: { header: 'X-Time', tolerance: '1m' } },
  });
});

describe('what comes from a fork', () => {
  const conditionOf = (kind: Forge, events: string[], fromForks = false) => {
    const { problems, documents } = check({ kind, forge: { ...usualForge, events, fromForks } });
    expect(problems).toEqual([]);
    return documents[2]?.json['if'];
  };

  test.each<[Forge, string]>([
    ['github', 'pull_request'],
    ['github', 'workflow_run'],
    ['gitlab', 'merge_request'],
    ['gitea', 'pull_request'],
  ])('%s %s starts nothing, nor does what does not say, unless the switch is on', (kind, event) => {
    const condition = conditionOf(kind, ['push', event, 'release']);
    const starts = (trigger: { event: string; fork: boolean | null }) =>
      evaluateCondition(condition as string, { parameters: {}, params: {}, actions: {}, jobs: {}, trigger });
    expect(starts({ event, fork: true })).toBe(false);
    expect(starts({ event, fork: null })).toBe(false);
    expect(starts({ event, fork: false })).toBe(true);
    expect(starts({ event: 'push', fork: false })).toBe(true);
    expect(starts({ event: 'release', fork: null })).toBe(true);
    expect(starts({ event: 'release', fork: true })).toBe(false);
    expect(conditionOf(kind, ['push', event, 'release'], true)).toBeUndefined();
  });

  test.each<[Forge, string[], string | undefined]>([
    ['github', ['push', 'release'], undefined],
    ['gitlab', ['push', 'tag_push', 'merge_request'], 'trigger.fork == false'],
    ['gitlab', ['note'], 'trigger.fork == false || (trigger.fork == null && trigger.event in ["note"])'],
  ])('of %s %j the condition is %s', (kind, events, condition) => {
    expect(conditionOf(kind, events)).toBe(condition);
  });
});

test('what was typed is a value and nothing else', () => {
  const forge = { ...usualForge, branches: ['a"]}\nruns: [] #', "'"] };
  const { documents } = check({ forge, args: { branch: 'x: y\n---\nkind: Job' } });
  expect(documents.map(({ kind }) => kind)).toEqual(['Pipeline', 'Credential', 'Trigger']);
  expect(documents[2]?.json).toMatchObject({
    github: { branches: ['a"]}\nruns: [] #', "'"] },
    runs: [{ args: { branch: 'x: y\n---\nkind: Job' } }],
  });
});

test('a name that is none is said, with its place', () => {
  expect(check({ name: 'my hook' }).problems.some(({ path }) => path === 'name')).toBe(true);
});
