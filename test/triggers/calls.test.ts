import { beforeAll, describe, expect, test } from 'vitest';
import type { DeliveryDetail, DeliveryReceipt } from '../../core/api/triggers.ts';
import { createTriggerSetting, githubHeaders, payload, type TriggerSetting } from './setting.ts';

let setting: TriggerSetting;
beforeAll(async () => {
  setting = await createTriggerSetting();
  await setting.apply(`kind: Trigger
name: call
rest: {}
if: '!has(trigger.payload.skip)'
runs:
  - { pipeline: build, args: { branch: "\${{ trigger.payload.branch }}" } }
  - { pipeline: build, args: { title: "by \${{ trigger.sender }}" }, priority: 1 }
---
kind: Trigger
name: cut
rest: {}
runs: [{ pipeline: build, args: { branch: "\${{ trigger.payload.branch.substring(0, 50) }}" } }]
---
kind: Trigger
name: hook
github: { secret: { from_credential: hook-secret }, events: [push] }
runs: [{ pipeline: build }]
`);
});

const call = async (body: unknown, headers: Record<string, string> = {}) =>
  (await setting.call<DeliveryReceipt>('POST', '/triggers/call', body, headers)).body;

test('a call starts each of its runs with what its args take', async () => {
  const { delivery } = await call({ branch: 'x' });
  const { runs, state, reason } = await setting.decided(delivery);
  expect([state, reason]).toEqual(['recorded', 'Started build/1, build/2.']);
  expect(runs.map(({ run }) => run?.parameters)).toEqual([
    { branch: 'x', title: '' },
    { branch: 'main', title: 'by local/admin' },
  ]);
  expect(runs.map(({ run }) => run?.priority)).toEqual([3, 1]);
});

test('one that cannot start says why, and the others start', async () => {
  const wrong = await setting.decided((await call({ branch: 7 })).delivery);
  expect(wrong.runs.map(({ run, reason }) => [run === null, reason])).toEqual([
    [true, 'branch takes a string, not a number.'],
    [false, null],
  ]);
  expect(wrong.reason).toMatch(/^Started build\/\d+\. Could not start build: branch takes a string/);
  const missing = await setting.decided((await call({})).delivery);
  expect(missing.runs[0]?.reason).toContain('trigger.payload has no "branch"');
  expect(missing.runs[1]?.run).not.toBeNull();
});

test('with an idempotency key it is one delivery; with another payload it is refused', async () => {
  const key = { 'idempotency-key': 'k1' };
  const [first, again] = [await call({ branch: 'a' }, key), await call({ branch: 'a' }, key)];
  expect([again.delivery, first.duplicate, again.duplicate]).toEqual([first.delivery, false, true]);
  expect(await setting.refused('POST', '/triggers/call', { branch: 'b' }, key)).toMatchObject({ status: 409 });
  expect((await call({ branch: 'a' })).duplicate).toBe(false);
});

test('its filter drops', async () => {
  const { state, reason } = await setting.decided((await call({ skip: 1 })).delivery);
  expect([state, reason]).toEqual(['dropped', 'Its if is false: !has(trigger.payload.skip)']);
});

test.each([
  ['/triggers/cal', {}, 404, /did you mean "call"/],
  ['/triggers/hook', {}, 409, /takes github, so it cannot be called/],
])('%s is refused', async (path, body, status, detail) => {
  const refused = await setting.refused('POST', path, body);
  expect([refused.status, refused.detail]).toEqual([status, expect.stringMatching(detail)]);
});

test('malformed JSON, and more than 5 MiB', async () => {
  const send = async (body: string) =>
    await setting.request('/api/v1/triggers/call', {
      method: 'POST',
      headers: { authorization: `Bearer ${setting.token}` },
      body,
    });
  expect((await send('{')).status).toBe(400);
  expect((await send(' '.repeat(5 * 1024 * 1024 + 1))).status).toBe(413);
  const anonymous = await setting.request('/api/v1/triggers/call', { method: 'POST', body: '{}' });
  expect(anonymous.status).toBe(401);
});

test('a large payload is read by if and args, and left out of the run', async () => {
  const { delivery } = await call({ branch: 'large', more: 'x'.repeat(300_000) });
  const { runs, payload: text } = await setting.decided(delivery);
  expect(text.length).toBeGreaterThan(300_000);
  expect(runs[0]?.run?.parameters['branch']).toBe('large');
  const { rows } = await setting.db.pool.query<{ trigger: object }>('select trigger from runs where id = $1', [
    runs[0]?.run?.id,
  ]);
  expect(rows[0]?.trigger).toMatchObject({ name: 'call', delivery });
  expect(rows[0]?.trigger).not.toHaveProperty('payload');
});

test('what PostgreSQL cannot keep in JSON is replaced for the run, and kept as it was sent', async () => {
  const { delivery } = await call({ branch: 'nul \0 half \ud800' });
  const { runs, payload: text } = await setting.decided(delivery);
  expect(runs[0]?.run?.parameters['branch']).toBe('nul \ufffd half \ufffd');
  expect(text).toContain('\\u0000');
});

test('half a character that args cut out of a title is replaced, too', async () => {
  const branch = `${'x'.repeat(49)}\u{1F600}`;
  const { delivery } = (await setting.call<DeliveryReceipt>('POST', '/triggers/cut', { branch })).body;
  const { state, runs } = await setting.decided(delivery);
  expect([state, runs[0]?.run?.parameters['branch']]).toEqual(['recorded', `${'x'.repeat(49)}\ufffd`]);
  const refused = await setting.refused('POST', '/pipelines/build/runs', { parameters: { branch: 'half \ud83d' } });
  expect([refused.status, refused.detail]).toEqual([400, expect.stringContaining('half of a surrogate pair')]);
});

test('many that cannot be decided do not hold up what comes after them', async () => {
  const { pool } = setting.db;
  await pool.query(`insert into deliveries (id, trigger, source, key, event, facts, payload, "sentBy")
    select ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 'call', 'rest', 'broken ' || n, 'rest', '{}', '{', 'x'
    from generate_series(1, 100) n`);
  const warned: string[] = [];
  const { delivery } = await call({ branch: 'after' });
  expect([await setting.decide((message) => warned.push(message)), warned.length]).toEqual([1, 100]);
  await pool.query(`delete from deliveries where key like 'broken %'`);
  expect((await setting.decided(delivery)).runs[0]?.run?.parameters['branch']).toBe('after');
});

describe('sent again', () => {
  test('it is a new delivery, decided anew, that says whose it is', async () => {
    const body = payload('github-push');
    const { body: first } = await setting.send('hook', body, githubHeaders('push', body));
    await setting.decided(first.delivery);
    const path = `/deliveries/${first.delivery}/resend`;
    const key = { 'idempotency-key': 'twice' };
    const again = (await setting.call<DeliveryReceipt>('POST', path, undefined, key)).body;
    expect((await setting.call<DeliveryReceipt>('POST', path, undefined, key)).body.delivery).toBe(again.delivery);
    const detail = await setting.decided(again.delivery);
    expect(detail).toMatchObject({
      resendOf: first.delivery,
      sentBy: 'local/admin',
      source: 'github',
      state: 'recorded',
      payload: body,
    });
    expect(detail.runs[0]?.run).not.toBeNull();
  });

  test.each(['nope', '0198a0a0-0000-7000-8000-000000000000'])('there is no %s', async (id) => {
    expect((await setting.refused('POST', `/deliveries/${id}/resend`)).status).toBe(404);
    expect((await setting.refused('GET', `/deliveries/${id}`)).status).toBe(404);
  });
});

test('deliveries are listed newest first, by Trigger and decision, page by page', async () => {
  const all = await setting.deliveries('limit=200');
  expect(all.map(({ id }) => id)).toEqual(
    all
      .map(({ id }) => id)
      .sort()
      .reverse(),
  );
  expect((await setting.deliveries('state=dropped')).every(({ state }) => state === 'dropped')).toBe(true);
  const first = await setting.call<{ items: DeliveryDetail[]; next: string }>(
    'GET',
    '/deliveries?limit=2&trigger=call',
  );
  const next = await setting.call<{ items: DeliveryDetail[] }>(
    'GET',
    `/deliveries?limit=2&trigger=call&cursor=${first.body.next}`,
  );
  const calls = all.filter(({ trigger }) => trigger === 'call').map(({ id }) => id);
  expect([...first.body.items, ...next.body.items].map(({ id }) => id)).toEqual(calls.slice(0, 4));
  expect(first.body.items[0]).not.toHaveProperty('payload');
});

test('and by source, page by page, past the ticks of schedules', async () => {
  const { pool } = setting.db;
  const body = payload('github-push');
  for (const id of ['a', 'b', 'c']) {
    const { delivery } = (await setting.send('hook', body, githubHeaders('push', body))).body;
    await call({ branch: id });
    await pool.query(
      `insert into deliveries (id, trigger, source, key, event, facts, payload, "sentBy", state)
       values (gen_random_uuid(), 'tick', 'schedule', $1, 'schedule', '{}', '{}', 'schedule', 'recorded')`,
      [`${id}${delivery}`],
    );
  }
  const all = await setting.deliveries('limit=200');
  const of = (...sources: string[]) => all.filter(({ source }) => sources.includes(source)).map(({ id }) => id);
  const ids = async (query: string) => (await setting.deliveries(query)).map(({ id }) => id);
  expect(of('schedule')).toHaveLength(3);
  expect(await ids('source=schedule')).toEqual(of('schedule'));
  const paged = [];
  let cursor = '';
  do {
    const page = `/deliveries?limit=2&source=github,rest${cursor}`;
    const { items, next } = (await setting.call<{ items: DeliveryDetail[]; next: string | null }>('GET', page)).body;
    paged.push(...items.map(({ id }) => id));
    cursor = next === null ? '' : `&cursor=${next}`;
  } while (cursor !== '');
  expect(paged).toEqual(of('github', 'rest'));
  expect(await ids('source=github,rest&trigger=hook&limit=200')).toEqual(of('github'));
  expect((await setting.refused('GET', '/deliveries?source=clock')).status).toBe(400);
});

test('a Trigger that takes something else by the time it is decided drops what came', async () => {
  const { delivery } = await call({ branch: 'a' });
  await setting.apply('kind: Trigger\nname: call\nmanual: {}\nruns: [{ pipeline: build }]\n');
  expect(await setting.decided(delivery)).toMatchObject({
    state: 'dropped',
    reason: expect.stringContaining('manual'),
  });
  const { delivery: last } = await call({});
  await setting.call('DELETE', '/definitions/Trigger/call');
  expect(await setting.decided(last)).toMatchObject({ state: 'dropped', reason: 'There is no Trigger call any more.' });
});
