import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ApprovalItem } from '../../core/api/approvals.ts';
import type { RunSummary } from '../../core/api/objects.ts';
import { type ApprovalSetting, createApprovalSetting, person } from './setting.ts';

let setting: ApprovalSetting;
beforeAll(async () => {
  setting = await createApprovalSetting();
});
beforeEach(async () => {
  await setting.newRun();
});

/** Authorization of a new token with these roles. */
async function tokenOf(name: string, ...roles: string[]) {
  const { body } = await setting.call<{ token: string }>('POST', '/tokens', { name, roles });
  return { authorization: `Bearer ${body.token}` };
}
const decisions = ({ id }: ApprovalItem) => `/approvals/${id}/decisions`;
const approve = ({ digest }: ApprovalItem) => ({ verdict: 'approve', digest });

async function refusals(who: string): Promise<string[]> {
  const { rows } = await setting.db.pool.query<{ refused: string }>(
    `select detail->>'refused' as refused from audit_entries where who = $1 and detail->>'refused' is not null`,
    [who],
  );
  return rows.map(({ refused }) => refused);
}

describe('who may decide', () => {
  test('a reader reads, decides nothing, and the try is in the audit log', async () => {
    const item = await setting.ask();
    const reader = await tokenOf('reader', 'reader');
    const seen = await setting.call<ApprovalItem>('GET', `/approvals/${item.id}`, undefined, reader);
    expect(seen.body.refusal).toBe('Only administrator may decide this.');
    expect(await setting.refused('POST', decisions(item), approve(item), reader)).toMatchObject({ status: 403 });
    expect(await refusals('token/reader')).toEqual(['Only administrator may decide this.']);
    expect((await setting.item(item.id)).decisions).toEqual([]);
  });

  test('another role is refused, the asked one is not, and may do nothing else', async () => {
    const item = await setting.ask({}, { roles: ['release', 'security'] });
    const builder = await tokenOf('builder', 'builder');
    const security = await tokenOf('security-team', 'security');
    expect(await setting.refused('POST', decisions(item), approve(item), builder)).toMatchObject({
      status: 403,
      detail: 'Only release or security may decide this.',
    });
    for (const [method, path, body] of [
      ['POST', '/pipelines/held/runs', {}],
      ['POST', `/runs/${item.run.id}/stop`, {}],
      ['POST', '/tokens', { name: 'x' }],
      ['GET', '/audit', undefined],
    ] as const) {
      expect(await setting.refused(method, path, body, security)).toMatchObject({ status: 403 });
    }
    const { body } = await setting.call<ApprovalItem>('POST', decisions(item), approve(item), security);
    expect(body).toMatchObject({ state: 'approved', decisions: [{ by: 'token/security-team' }] });
  });

  test('whoever started the run, or the one that it retries, where that is ruled out', async () => {
    const starter = await tokenOf('starter', 'administrator');
    const { body: first } = await setting.call<RunSummary>('POST', '/pipelines/held/runs', {}, starter);
    await setting.db.pool.query(`update runs set status = 'failed', "endedAt" = now() where id = $1`, [first.id]);
    const retried = await setting.call<RunSummary>('POST', `/runs/${first.id}/retry`, {});
    const item = await setting.ask({ not_by_requester: true }, { runId: retried.body.id });
    for (const headers of [starter, {}]) {
      expect(await setting.refused('POST', decisions(item), approve(item), headers)).toMatchObject({
        status: 403,
        detail: 'Whoever started the run may not decide this.',
      });
    }
    expect(await refusals('token/starter')).toHaveLength(1);
    await expect(setting.decide(item, person('person/starter'))).rejects.toMatchObject({ code: 'forbidden' });
    const mine = (who: Record<string, string>) =>
      setting.call<{ items: ApprovalItem[] }>('GET', `/approvals?mine=true&run=${retried.body.id}`, undefined, who);
    expect((await mine(starter)).body.items).toEqual([]);
    const other = await tokenOf('somebody-else', 'administrator');
    expect((await mine(other)).body.items).toHaveLength(1);
    expect((await setting.call<ApprovalItem>('POST', decisions(item), approve(item), other)).body.state).toBe(
      'approved',
    );
  });

  test('neither who forked the run nor who started what was forked, where that is ruled out', async () => {
    const [starter, forker] = [await tokenOf('first', 'administrator'), await tokenOf('forker', 'administrator')];
    const { body: first } = await setting.call<RunSummary>('POST', '/pipelines/held/runs', {}, starter);
    await setting.db.pool.query(`update runs set status = 'succeeded', "endedAt" = now() where id = $1`, [first.id]);
    const { body: forked } = await setting.call<RunSummary>('POST', `/runs/${first.id}/fork`, {}, forker);
    expect([forked.startedBy, forked.forkOf]).toEqual(['token/forker', `held/${first.number}`]);
    const item = await setting.ask({ not_by_requester: true }, { runId: forked.id });
    for (const [who, headers] of Object.entries({ forker, first: starter })) {
      expect(await setting.refused('POST', decisions(item), approve(item), headers)).toMatchObject({
        status: 403,
        detail: 'Whoever started the run may not decide this.',
      });
      expect(await refusals(`token/${who}`)).toHaveLength(1);
      const mine = `/approvals?mine=true&run=${forked.id}`;
      expect((await setting.call<{ items: ApprovalItem[] }>('GET', mine, undefined, headers)).body.items).toEqual([]);
    }
    expect((await setting.item(item.id)).decisions).toEqual([]);
    const { body } = await setting.call<ApprovalItem>('POST', decisions(item), approve(item));
    expect(body).toMatchObject({ state: 'approved', decisions: [{ by: 'local/admin' }] });
  });

  test('a run that a run of theirs started is theirs, too', async () => {
    const { pipeline, number } = await setting.newRun();
    const child = await setting.newRun();
    await setting.db.pool.query('update runs set "startedBy" = $2 where id = $1', [
      child.id,
      `run/${pipeline}/${number}`,
    ]);
    const item = await setting.ask({ not_by_requester: true });
    await expect(setting.decide(item, person('local/admin'))).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('who called the Trigger, sent its delivery again, or had its schedule run now, or by whose run it was started', async () => {
    const { pool } = setting.db;
    const deliver = async (sentBy: string, resendOf: string | null = null) => {
      const { rows } = await pool.query<{ id: string }>(
        `insert into deliveries (id, trigger, source, key, event, facts, payload, "sentBy", "resendOf", state)
         values (gen_random_uuid(), 't', 'manual', gen_random_uuid()::text, 'manual', '{}', '{}', $1, $2, 'recorded') returning id`,
        [sentBy, resendOf],
      );
      return rows[0]?.id ?? '';
    };
    const refusedTo = async (delivery: string, ...names: string[]) => {
      const { id } = await setting.newRun();
      await pool.query(
        `update runs set "startedBy" = 'trigger/t', trigger = jsonb_build_object('delivery', $2::text) where id = $1`,
        [id, delivery],
      );
      const item = await setting.ask({ not_by_requester: true });
      for (const name of names) {
        await expect(setting.decide(item, person(name)), name).rejects.toMatchObject({ code: 'forbidden' });
      }
      expect((await setting.decide(item, person('token/other'))).state).toBe('approved');
    };
    const called = await deliver('token/ann');
    await refusedTo(called, 'token/ann');
    await refusedTo(await deliver('token/bob', called), 'token/bob', 'token/ann');
    const { pipeline, number } = await setting.newRun();
    await refusedTo(await deliver(`run/${pipeline}/${number}`), 'local/admin');
    await refusedTo('no id', 'trigger/t');
  });

  test('one person is one of a quorum, however many tokens and sessions of theirs say so, and not asked again', async () => {
    const item = await setting.ask({}, { quorum: 2 });
    const [one, same] = [await tokenOf('ann', 'administrator'), await tokenOf('ann', 'administrator')];
    for (const token of [one, same, same]) {
      expect((await setting.call<ApprovalItem>('POST', decisions(item), approve(item), token)).body.state).toBe(
        'pending',
      );
    }
    const signedIn = person('person/ann');
    expect((await setting.decide(item, signedIn)).state).toBe('pending');
    const theirs = (await setting.services.approvals.list({ mine: true, limit: 50 }, signedIn)).items;
    expect(theirs.map(({ id }) => id)).not.toContain(item.id);
    await expect(setting.decide(item, signedIn, { verdict: 'reject' })).rejects.toThrow('token/ann has said approve');
    const { body } = await setting.call<{ items: ApprovalItem[] }>('GET', '/approvals?mine=true', undefined, same);
    expect(body.items.map(({ id }) => id)).not.toContain(item.id);
    expect((await setting.item(item.id)).decisions).toHaveLength(1);
  });
});

describe('fields', () => {
  const fields = [
    { name: 'ticket', type: 'string', description: 'Number of the change' },
    { name: 'window', type: 'string', options: ['now', 'tonight'], default: 'tonight' },
  ];

  test('left out, unknown or of another type are refused by name, and nothing is decided', async () => {
    const item = await setting.ask({ fields });
    expect(item).toMatchObject({ fields, values: null });
    const refused = (given?: object) => setting.refused('POST', decisions(item), { ...approve(item), fields: given });
    expect(await refused()).toMatchObject({ status: 400, problems: [{ path: 'fields.ticket' }] });
    expect(await refused({ ticket: 7 })).toMatchObject({
      detail: expect.stringContaining('ticket takes a string, not a number'),
    });
    expect(await refused({ ticket: 'C1', window: 'later' })).toMatchObject({ problems: [{ path: 'fields.window' }] });
    expect(await refused({ ticket: 'C1', tiket: 'C1' })).toMatchObject({
      detail: expect.stringContaining('here is no field "tiket"'),
    });
    expect(await setting.item(item.id)).toMatchObject({ state: 'pending', decisions: [] });
  });

  test('are filled in by whoever approves first; others approve that, and nothing else', async () => {
    const item = await setting.ask({ fields }, { quorum: 2 });
    const first = await setting.decide(item, person('local/a'), { fields: { ticket: 'C1' } });
    expect(first.values).toEqual({ ticket: 'C1', window: 'tonight' });
    await expect(setting.decide(item, person('local/b'), { fields: { ticket: 'C2' } })).rejects.toMatchObject({
      code: 'conflict',
    });
    expect(await setting.decide(item, person('local/b'))).toMatchObject({
      state: 'approved',
      values: { ticket: 'C1', window: 'tonight' },
    });
  });

  test('need not be given to reject', async () => {
    const item = await setting.ask({ fields });
    expect((await setting.decide(item, person('local/a'), { verdict: 'reject' })).state).toBe('rejected');
  });

  test('that expressions made no fields of are the Action’s failure, with where and why', async () => {
    await expect(setting.ask({ fields: [{ name: 'x', type: 'text' }] })).rejects.toThrow('approval.fields.0.type');
    await expect(setting.ask({ fields: [{ name: 'x', type: 'string', secret: true }] })).rejects.toThrow(
      'cannot be secret',
    );
  });
});
