import { createHmac, randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../core/json.ts';
import {
  changed,
  createTriggerSetting,
  giteaHeaders,
  gitlabHeaders,
  hmac,
  payload,
  secret,
  type TriggerSetting,
} from './setting.ts';

let setting: TriggerSetting;
beforeAll(async () => {
  setting = await createTriggerSetting();
  const more = 'branches: [main], tags: ["v*"], paths: ["src/**"] }\nruns: [{ pipeline: build }]';
  await setting.apply(`kind: Trigger
name: lab
gitlab: { secret: { from_credential: hook-secret }, events: [push, tag_push, merge_request], ${more}
---
kind: Trigger
name: lab-pipelines
gitlab:
  secret: { from_credential: hook-secret }
  events: [pipeline, deployment]
  types: [success]
  branches: [main]
if: "!trigger.fork"
runs: [{ pipeline: build }]
---
kind: Trigger
name: tea
gitea: { secret: { from_credential: hook-secret }, events: [push, pull_request], ${more}
---
kind: Trigger
name: plain
webhook: { secret: { from_credential: hook-secret }, header: X-Sign, delivery_id: X-Id }
runs: [{ pipeline: build, args: { title: "\${{ trigger.payload.text }}" } }]
---
kind: Trigger
name: timed
webhook: { secret: { from_credential: hook-secret }, timestamp: { header: X-Time, tolerance: 1m } }
runs: [{ pipeline: build }]
---
kind: Trigger
name: no-value
webhook: { secret: { from_credential: empty-secret } }
---
kind: Trigger
name: no-credential
github: { secret: { from_credential: never-saved }, events: [push] }
---
kind: Trigger
name: no-property
gitlab: { secret: { from_credential: hook-secret, property: nope }, events: [push] }
`);
});

async function sent(trigger: string, body: string, headers: Record<string, string>) {
  const { status, body: receipt } = await setting.send(trigger, body, headers);
  expect([status, receipt]).toEqual([202, { delivery: expect.any(String), duplicate: false }]);
  return setting.decided(receipt.delivery);
}

describe('GitLab', () => {
  test('a push, a tag and a merge request of a fork', async () => {
    const push = await sent('lab', payload('gitlab-push'), gitlabHeaders('Push Hook'));
    expect(push).toMatchObject({
      event: 'push',
      state: 'recorded',
      reason: expect.stringMatching(/^Started build\/\d+\.$/),
    });
    expect(push.facts).toMatchObject({ branch: 'main', repository: 'greenhouse/firmware', sender: 'ida', fork: false });
    expect(JSON.stringify(push)).not.toContain(secret);
    const tag = await sent('lab', payload('gitlab-tag-push'), gitlabHeaders('Tag Push Hook'));
    expect(tag).toMatchObject({ event: 'tag_push', state: 'recorded', facts: { tag: 'v1.4.0', action: 'created' } });
    const request = await sent('lab', payload('gitlab-merge-request-fork'), gitlabHeaders('Merge Request Hook'));
    expect(request).toMatchObject({
      event: 'merge_request',
      state: 'recorded',
      facts: {
        branch: 'main',
        source_branch: 'water-less',
        fork: true,
        number: 12,
        ref: 'refs/merge-requests/12/head',
      },
    });
  });

  test.each<[string, JsonObject, string]>([
    ['of main', { object_attributes: { status: 'success', ref: 'main', sha: 'aa1' }, merge_request: null }, 'Started'],
    [
      'that runs',
      { object_attributes: { status: 'running', ref: 'main' }, merge_request: null },
      'happened is running',
    ],
    [
      'of a branch',
      { object_attributes: { status: 'success', ref: 'mine' }, merge_request: null },
      'branch mine is not',
    ],
    [
      'of a merge request of a fork',
      {
        object_attributes: { status: 'success', ref: 'mine', sha: 'aa1' },
        merge_request: {
          iid: 3,
          source_branch: 'mine',
          target_branch: 'main',
          source_project_id: 2,
          target_project_id: 1,
        },
      },
      'Its if is false',
    ],
  ])('a pipeline %s', async (_, told, why) => {
    const body = JSON.stringify({ object_kind: 'pipeline', ...told });
    expect((await sent('lab-pipelines', body, gitlabHeaders('Pipeline Hook'))).reason).toContain(why);
  });

  test('a deployment does not tell whether it is of a branch', async () => {
    const body = JSON.stringify({ object_kind: 'deployment', status: 'success', ref: 'main' });
    const { state, reason } = await sent('lab-pipelines', body, gitlabHeaders('Deployment Hook'));
    expect([state, reason]).toEqual([
      'dropped',
      expect.stringContaining('Neither branch nor tag is told of deployment'),
    ]);
  });

  test('of updates of a merge request those that bring commits', async () => {
    const updated = (more: JsonObject) =>
      changed('gitlab-merge-request-fork', (value) => {
        Object.assign(value['object_attributes'] as JsonObject, { action: 'update', ...more });
      });
    const headers = gitlabHeaders('Merge Request Hook');
    expect(await sent('lab', updated({ title: 'Another' }), headers)).toMatchObject({
      state: 'dropped',
      facts: { action: 'edited' },
    });
    const pushed = await sent('lab', updated({ oldrev: 'ab12' }), gitlabHeaders('Merge Request Hook'));
    expect(pushed).toMatchObject({ state: 'recorded', facts: { action: 'update' } });
  });

  test('the same key is one delivery; an equal body under another is another', async () => {
    const body = changed('gitlab-push', (value) => void (value['user_name'] = 'x'));
    const headers = gitlabHeaders('Push Hook');
    const answers = [];
    for (const each of [headers, headers, gitlabHeaders('Push Hook')])
      answers.push(await setting.send('lab', body, each));
    expect(answers.map(({ body: { duplicate } }) => duplicate)).toEqual([false, true, false]);
  });

  test('without a key, as before 17.4, an equal body is one delivery', async () => {
    const body = changed('gitlab-push', (value) => void (value['user_name'] = 'y'));
    const { 'idempotency-key': _, ...headers } = gitlabHeaders('Push Hook');
    const answers = [await setting.send('lab', body, headers), await setting.send('lab', body, headers)];
    expect(answers.map(({ body: { duplicate } }) => duplicate)).toEqual([false, true]);
  });

  test('of more commits than are told, the paths count as matching', async () => {
    const body = changed('gitlab-push', (value) => {
      Object.assign(value, { total_commits_count: 21, commits: [{ added: [], modified: ['x'], removed: [] }] });
    });
    expect((await sent('lab', body, gitlabHeaders('Push Hook'))).reason).toContain('not tell all changed files');
  });

  test.each([
    ['none', ''],
    ['a wrong one', `${secret}x`],
    ['a part', secret.slice(0, -1)],
    ['its signature', hmac(payload('gitlab-push'))],
  ])('a token: %s', async (_, token) => {
    const headers = { ...gitlabHeaders('Push Hook'), 'x-gitlab-token': token };
    expect((await setting.send('lab', payload('gitlab-push'), headers)).status).toBe(401);
  });
});

describe('Gitea', () => {
  test('a push and a pull request of a fork, also where commits are added to it', async () => {
    const body = payload('gitea-push');
    const push = await sent('tea', body, giteaHeaders('push', body));
    expect(push).toMatchObject({ state: 'recorded', facts: { branch: 'main', sender: 'ida' } });
    const request = payload('gitea-pull-request-fork');
    expect(await sent('tea', request, giteaHeaders('pull_request', request))).toMatchObject({
      state: 'recorded',
      facts: { branch: 'main', source_branch: 'water-less', fork: true, number: 5, action: 'opened' },
    });
    const more = changed('gitea-pull-request-fork', (value) => void (value['action'] = 'synchronized'));
    const headers = { ...giteaHeaders('pull_request', more), 'x-gitea-event-type': 'pull_request_sync' };
    expect((await sent('tea', more, headers)).state).toBe('recorded');
  });

  test('GitHub’s signature beside it does not do instead', async () => {
    const body = payload('gitea-push');
    const headers = { ...giteaHeaders('push', body), 'x-gitea-signature': '' };
    expect((await setting.send('tea', body, headers)).status).toBe(401);
  });
});

describe('any sender that signs', () => {
  const body = '{"text":"hello"}';

  test.each([
    ['hexadecimal', hmac(body)],
    ['hexadecimal with a prefix', `sha256=${hmac(body)}`],
    ['base64', createHmac('sha256', secret).update(body).digest('base64')],
  ])('%s', async (_, signature) => {
    const text = body.replace('hello', `hello ${randomUUID()}`);
    const right = signature.replace(hmac(body), hmac(text));
    const given = signature.endsWith('=') ? createHmac('sha256', secret).update(text).digest('base64') : right;
    const { state, runs } = await sent('plain', text, { 'x-sign': given, 'x-id': randomUUID() });
    expect([state, runs[0]?.run?.parameters['title']]).toEqual(['recorded', JSON.parse(text).text]);
  });

  test('an empty body is an empty object', async () => {
    expect((await sent('plain', '', { 'x-sign': hmac('') })).payload).toBe('{}');
  });

  const now = () => Math.floor(Date.now() / 1000);
  const signed = (time: string, text = body) => ({
    'x-time': time,
    'x-signature-256': `sha256=${hmac(`${time}.${text}`)}`,
  });

  test('a time that is signed makes equal bodies two deliveries', async () => {
    const [first, second] = [String(now()), String(now() - 1)];
    const answers = [];
    for (const time of [first, first, second]) answers.push(await setting.send('timed', body, signed(time)));
    expect(answers.map(({ body: { duplicate } }) => duplicate)).toEqual([false, true, false]);
  });

  test.each<[string, () => Record<string, string>]>([
    ['too old', () => signed(String(now() - 120))],
    ['yet to come', () => signed(String(now() + 120))],
    ['no time', () => signed('soon')],
    ['missing', () => ({ 'x-signature-256': hmac(body) })],
    ['changed', () => ({ ...signed(String(now() - 200)), 'x-time': String(now()) })],
    ['not signed', () => ({ 'x-time': String(now()), 'x-signature-256': hmac(body) })],
  ])('a time that is %s', async (_, headers) => {
    expect((await setting.send('timed', body, headers())).status).toBe(401);
  });
});

describe('a webhook whose secret is not there takes nothing, whoever signs', () => {
  test.each(['no-value', 'no-credential', 'no-property'])('%s', async (trigger) => {
    const body = '{}';
    for (const key of ['', secret]) {
      const answer = await setting.send(trigger, body, {
        'x-signature-256': hmac(body, key),
        'x-hub-signature-256': `sha256=${hmac(body, key)}`,
        'x-gitlab-token': key,
        'x-gitlab-event': 'Push Hook',
        'x-github-event': 'push',
      });
      expect(answer.status).toBe(503);
      expect(answer.body.detail).not.toMatch(/SECRET|Credential|never-saved/);
    }
    expect(await setting.deliveries(`trigger=${trigger}`)).toEqual([]);
  });
});
