import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../core/json.ts';
import { changed, createTriggerSetting, githubHeaders, hmac, payload, secret, type TriggerSetting } from './setting.ts';

let setting: TriggerSetting;
beforeAll(async () => {
  setting = await createTriggerSetting();
  await setting.apply(`kind: Trigger
name: on-push
github:
  secret: { from_credential: hook-secret }
  events: [push, pull_request]
  branches: [main, "release/*"]
  paths: ["src/**"]
runs: [{ pipeline: build, args: { branch: "\${{ trigger.branch }}", title: "\${{ trigger.title }}" } }]
---
kind: Trigger
name: checks
github:
  secret: { from_credential: hook-secret }
  events: [check_suite, check_run, status, deployment_status, workflow_dispatch, repository_dispatch, issues]
  types: [completed, success, nightly]
  branches: [main]
runs: [{ pipeline: build }]
---
kind: Trigger
name: calls
github: { secret: { from_credential: hook-secret }, events: [repository_dispatch] }
---
kind: Trigger
name: tags
github: { secret: { from_credential: hook-secret }, events: [push], tags: ["v*", "!v*-rc"] }
runs: [{ pipeline: build }]
`);
});

const push = payload('github-push');
const deep = `{"a":${'['.repeat(300)}${']'.repeat(300)}}`;

async function sent(trigger: string, event: string, body: string) {
  const { status, body: receipt } = await setting.send(trigger, body, githubHeaders(event, body));
  expect(status).toBe(202);
  return setting.decided(receipt.delivery);
}

test('a push starts the Pipeline with what its args take from it', async () => {
  const { state, reason, facts, runs, headers } = await sent('on-push', 'push', push);
  expect([state, reason]).toEqual(['recorded', 'Started build/1.']);
  expect(facts).toMatchObject({
    action: 'pushed',
    ref: 'refs/heads/main',
    branch: 'main',
    tag: null,
    sha: '9049f1265b7d61be4a8904a9a27120d2064dab3b',
    repository: 'greenhouse/firmware',
    sender: 'ida-lindqvist',
    title: 'Say which sensor is read',
    fork: false,
  });
  expect(runs).toMatchObject([{ pipeline: 'build', reason: null, run: { number: 1, startedBy: 'trigger/on-push' } }]);
  expect(runs[0]?.run?.parameters).toEqual({ branch: 'main', title: 'Say which sensor is read' });
  expect(JSON.stringify(headers)).not.toMatch(/signature/);
  const { rows } = await setting.db.pool.query<{ trigger: JsonObject }>('select trigger from runs where id = $1', [
    runs[0]?.run?.id,
  ]);
  expect(rows[0]?.trigger).toMatchObject({
    name: 'on-push',
    source: 'github',
    event: 'push',
    payload: { pusher: { name: 'ida-lindqvist' } },
  });
});

describe('one delivery is one run', () => {
  test('however often it is sent, before it is decided and after', async () => {
    const body = changed('github-push', (value) => void (value['forced'] = true));
    const headers = githubHeaders('push', body);
    const before = await setting.countRuns();
    const answers = await Promise.all(Array.from({ length: 8 }, () => setting.send('on-push', body, headers)));
    expect(new Set(answers.map(({ body: { delivery } }) => delivery)).size).toBe(1);
    expect(answers.filter(({ body: { duplicate } }) => !duplicate)).toHaveLength(1);
    await Promise.all(Array.from({ length: 4 }, () => setting.decide()));
    expect(await setting.send('on-push', body, headers)).toMatchObject({ status: 202, body: { duplicate: true } });
    await setting.decide();
    expect(await setting.countRuns()).toBe(before + 1);
  });

  test('also under another id, which is not signed', async () => {
    const body = changed('github-push', (value) => void (value['base_ref'] = 'refs/heads/x'));
    const first = await setting.send('on-push', body, githubHeaders('push', body));
    const replayed = await setting.send('on-push', body, githubHeaders('push', body));
    expect(replayed.body).toEqual({ delivery: first.body.delivery, duplicate: true });
  });

  test('another payload under its id is refused', async () => {
    const id = randomUUID();
    const bodies = ['refs/heads/a', 'refs/heads/b'].map((ref) =>
      changed('github-push', (value) => void (value['base_ref'] = ref)),
    );
    const statuses = [];
    for (const body of bodies)
      statuses.push((await setting.send('on-push', body, githubHeaders('push', body, id))).status);
    expect(statuses).toEqual([202, 409]);
  });

  test('of each Trigger that it is sent to', async () => {
    const id = randomUUID();
    const body = changed('github-push-tag', (value) => void (value['forced'] = true));
    const answers = [
      await setting.send('on-push', body, githubHeaders('push', body, id)),
      await setting.send('tags', body, githubHeaders('push', body, id)),
    ];
    expect(answers.map(({ body: { duplicate } }) => duplicate)).toEqual([false, false]);
  });
});

describe('what the Trigger does not look for is dropped, with the reason', () => {
  test.each<[string, string, string, (payload: JsonObject) => void, string]>([
    ['on-push', 'issues', 'github-push', () => {}, 'The event is issues; the Trigger looks for push, pull_request.'],
    [
      'on-push',
      'push',
      'github-push',
      (value) => void (value['ref'] = 'refs/heads/feature/x'),
      'The branch feature/x is not in main, release/*.',
    ],
    ['on-push', 'push', 'github-push-tag', () => {}, 'It is about the tag v1.4.0; the Trigger looks for branches.'],
    ['tags', 'push', 'github-push', () => {}, 'It is about the branch main; the Trigger looks for tags.'],
    [
      'tags',
      'push',
      'github-push-tag',
      (value) => void (value['ref'] = 'refs/tags/v2-rc'),
      'The tag v2-rc is not in v*, !v*-rc.',
    ],
    [
      'on-push',
      'push',
      'github-push',
      (value) => void (value['commits'] = [{ added: [], removed: [], modified: ['README.md'] }]),
      'No changed file is in src/**.',
    ],
    [
      'on-push',
      'push',
      'github-push',
      (value) => Object.assign(value, { deleted: true, after: '0'.repeat(40) }),
      'What happened is deleted; the Trigger looks for created, pushed.',
    ],
    [
      'on-push',
      'pull_request',
      'github-pull-request-fork',
      (value) => void (value['action'] = 'labeled'),
      'What happened is labeled; the Trigger looks for opened, reopened, synchronize, synchronized.',
    ],
  ])('%s %s of %s: %#', async (trigger, event, name, change, why) => {
    const { state, reason, runs } = await sent(trigger, event, changed(name, change));
    expect([state, reason, runs]).toEqual(['dropped', why, []]);
  });
});

describe('what is told elsewhere in the payload than of a push is filtered, too, and what is not told does not pass', () => {
  const repository = { full_name: 'greenhouse/firmware', default_branch: 'main' };
  test.each<[string, JsonObject, string]>([
    ['check_suite', { action: 'completed', check_suite: { head_branch: 'main', head_sha: 'aa1' } }, 'Started'],
    ['check_suite', { action: 'completed', check_suite: { head_branch: 'mine' } }, 'The branch mine is not in main.'],
    ['check_suite', { action: 'completed', check_suite: { head_branch: null } }, 'Neither branch nor tag is told of'],
    ['check_run', { action: 'completed', check_run: { check_suite: { head_branch: 'main' } } }, 'Started'],
    ['status', { state: 'success', branches: [{ name: 'a' }, { name: 'main' }] }, 'Started'],
    ['status', { state: 'pending', branches: [{ name: 'main' }] }, 'What happened is pending;'],
    [
      'status',
      { state: 'success', branches: [{ name: 'a' }, { name: 'b' }] },
      'Neither branch nor tag is told of status',
    ],
    [
      'deployment_status',
      { action: 'created', deployment: { ref: 'main' }, deployment_status: { state: 'success' } },
      'Neither branch nor tag is told of deployment_status; the Trigger looks for main.',
    ],
    ['workflow_dispatch', { ref: 'refs/heads/main' }, 'What happened is not told of workflow_dispatch;'],
    ['repository_dispatch', { action: 'nightly', branch: 'main' }, 'Started'],
    ['issues', { action: 'completed', issue: { number: 1 } }, 'Neither branch nor tag is told of issues'],
  ])('%s %o', async (event, told, why) => {
    const { reason } = await sent('checks', event, JSON.stringify({ ...told, repository }));
    expect(reason).toContain(why);
  });
});

test('equal calls of a repository are each their own', async () => {
  const body = JSON.stringify({ action: 'nightly', branch: 'main', repository: { full_name: 'greenhouse/firmware' } });
  const headers = () => githubHeaders('repository_dispatch', body);
  const [first, second] = [await setting.send('calls', body, headers()), await setting.send('calls', body, headers())];
  expect([first.body.duplicate, second.body.duplicate]).toEqual([false, false]);
});

test('what a forced push took away is not told, so the paths count as matching', async () => {
  const body = changed('github-push', (value) =>
    Object.assign(value, { forced: true, commits: [{ added: [], removed: [], modified: ['README.md'] }] }),
  );
  const { state, reason } = await sent('on-push', 'push', body);
  expect([state, reason]).toEqual(['recorded', expect.stringContaining('does not tell all changed files')]);
});

test('files that the payload leaves out count as matching, and that is said', async () => {
  const commit = { added: [], removed: [], modified: ['README.md'] };
  const body = changed('github-push', (value) => void (value['commits'] = Array.from({ length: 21 }, () => commit)));
  const { state, reason } = await sent('on-push', 'push', body);
  expect(state).toBe('recorded');
  expect(reason).toContain('does not tell all changed files');
});

test('a pull request of a fork says so, and is filtered by where it goes', async () => {
  const { state, facts } = await sent('on-push', 'pull_request', payload('github-pull-request-fork'));
  expect(state).toBe('recorded');
  expect(facts).toMatchObject({
    action: 'opened',
    branch: 'main',
    source_branch: 'water-less',
    sha: 'ec26c3e57ca3a959ca5aad62de7213c562f8c821',
    ref: 'refs/pull/128/head',
    number: 128,
    fork: true,
  });
  const gone = changed('github-pull-request-fork', (value) => {
    const { head } = value['pull_request'] as { head: JsonObject };
    head['repo'] = null;
  });
  expect((await sent('on-push', 'pull_request', gone)).facts['fork']).toBe(true);
});

test('a greeting is answered, and recorded as such', async () => {
  const body = payload('github-ping');
  const { status, body: receipt } = await setting.send('on-push', body, githubHeaders('ping', body));
  expect(status).toBe(200);
  expect(await setting.decided(receipt.delivery)).toMatchObject({
    state: 'recorded',
    reason: expect.stringContaining('greeting'),
    runs: [],
  });
});

test('what GitHub sends as a form is read too', async () => {
  const body = new URLSearchParams({
    payload: changed('github-push', (value) => void (value['compare'] = 'of a form')),
  }).toString();
  const { body: receipt } = await setting.send('on-push', body, {
    ...githubHeaders('push', body),
    'content-type': 'application/x-www-form-urlencoded',
  });
  expect(await setting.decided(receipt.delivery)).toMatchObject({ state: 'recorded', facts: { branch: 'main' } });
});

describe('refused, and nothing kept', () => {
  const signed = githubHeaders('push', push);
  test.each<[string, string, Record<string, string>, number, RegExp]>([
    ['no signature', push, { ...signed, 'x-hub-signature-256': '' }, 401, /signature is missing/],
    ['the old signature only', push, without(signed, 'x-hub-signature-256'), 401, /signature is missing/],
    ['a wrong one', push, { ...signed, 'x-hub-signature-256': `sha256=${hmac(push, 'guess')}` }, 401, /is wrong/],
    ['one of an empty secret', push, { ...signed, 'x-hub-signature-256': `sha256=${hmac(push, '')}` }, 401, /is wrong/],
    ['one of another body', `${push} `, signed, 401, /is wrong/],
    ['a short one', push, { ...signed, 'x-hub-signature-256': 'sha256=' }, 401, /is wrong/],
    [
      'two of them',
      push,
      { ...signed, 'x-hub-signature-256': `sha256=${hmac(push)}, sha256=${hmac(push)}` },
      401,
      /is wrong/,
    ],
    ['half of one', push, { ...signed, 'x-hub-signature-256': `sha256=${hmac(push).slice(0, 32)}` }, 401, /is wrong/],
    ['the secret itself', push, { ...signed, 'x-hub-signature-256': secret }, 401, /is wrong/],
    ['no event', push, without(signed, 'x-github-event'), 400, /no x-github-event/],
    ['an event that is none', push, { ...signed, 'x-github-event': '$(id)' }, 400, /names no event/],
    ['malformed JSON', '{"ref":', githubHeaders('push', '{"ref":'), 400, /no JSON/],
    ['a list', '[]', githubHeaders('push', '[]'), 400, /must be a JSON object/],
    ['no UTF-8', '', {}, 400, /UTF-8/],
    ['a deep one', deep, githubHeaders('push', deep), 400, /nested deeper/],
  ])('%s', async (what, body, headers, status, said) => {
    const before = await setting.db.pool.query('select count(*)::int n from deliveries');
    const bytes = what === 'no UTF-8' ? Buffer.from([0x7b, 0xff, 0x7d]) : Buffer.from(body);
    const answer = await setting.send('on-push', bytes, what === 'no UTF-8' ? bytesHeaders(bytes) : headers);
    expect([answer.status, answer.body.detail]).toEqual([status, expect.stringMatching(said)]);
    expect((await setting.db.pool.query('select count(*)::int n from deliveries')).rows).toEqual(before.rows);
  });

  test('more than 5 MiB, while it is read', async () => {
    const body = Buffer.alloc(5 * 1024 * 1024 + 1, ' ');
    expect((await setting.send('on-push', body, { 'x-hub-signature-256': 'x' })).status).toBe(413);
  });

  test('a wrong signature is in the audit log, without what was guessed', async () => {
    const items = (await setting.services.audit.list({ limit: 200 })).items.filter(
      ({ what }) => what === 'POST /api/v1/hooks/on-push',
    );
    expect(items.some(({ detail }) => typeof detail['refused'] === 'string')).toBe(true);
    expect(JSON.stringify(items)).not.toContain(hmac(push, 'guess'));
  });

  test('an address without a webhook', async () => {
    const answer = await setting.send('on-psuh', push, signed);
    expect([answer.status, answer.body.detail]).toEqual([404, 'There is no webhook at this address.']);
  });
});

function bytesHeaders(bytes: Buffer): Record<string, string> {
  return { ...githubHeaders('push', ''), 'x-hub-signature-256': `sha256=${hmac(bytes)}` };
}

function without(headers: Record<string, string>, name: string): Record<string, string> {
  const { [name]: _, ...rest } = headers;
  return rest;
}
