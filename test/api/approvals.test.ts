import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ApprovalItem } from '../../core/api/approvals.ts';
import type { RunSummary } from '../../core/api/objects.ts';
import { runWorkflowId } from '../../core/keys.ts';
import type { Identity } from '../../core/permissions.ts';
import { openTemporal } from '../../platform/temporal/client.ts';
import { createSetting, type Setting } from './setting.ts';

let setting: Setting;
let run: RunSummary;
beforeAll(async () => {
  setting = await createSetting({ temporal: true });
  await setting.apply('kind: Pipeline\nname: held\njobs: [{ name: a, actions: [{ run: "true" }] }]\n');
});
beforeEach(async () => {
  run = (await setting.call<RunSummary>('POST', '/pipelines/held/runs', {})).body;
});

async function ask(
  more: { quorum?: number; prompt?: string; roles?: string[]; expiresAt?: string; jobAttempt?: number } = {},
) {
  const asked = await setting.services.approvals.ask({
    runId: run.id,
    jobPath: 'a',
    jobAttempt: 1,
    action: 'hold',
    prompt: 'Go on?',
    roles: ['administrator'],
    quorum: 1,
    ...more,
  });
  if ('refused' in asked) throw new Error(asked.refused);
  const { digest } = (await setting.call<ApprovalItem>('GET', `/approvals/${asked.approvalId}`)).body;
  return { ...asked, digest };
}

const decisionPath = (id: string) => `/approvals/${id}/decisions`;
const person = (name: string, roles = ['administrator']): Identity => ({ name, kind: 'person', roles });

async function signalCount(): Promise<number> {
  const { client, close } = openTemporal({ address: setting.temporalAddress, namespace: 'default' });
  const { events } = await client.workflow.getHandle(runWorkflowId(run.pipeline, run.number)).fetchHistory();
  await close();
  return (events ?? []).filter((event) => event.workflowExecutionSignaledEventAttributes).length;
}

describe('an approval', () => {
  test('is one however often it is asked, and is listed until it is decided', async () => {
    const [first, second] = await Promise.all([ask(), ask()]);
    expect(second).toEqual(first);
    const pending = async () =>
      (await setting.call<{ items: ApprovalItem[] }>('GET', `/approvals?state=pending&run=held%2F${run.number}`)).body
        .items;
    expect(await pending()).toMatchObject([
      { id: first.approvalId, prompt: 'Go on?', state: 'pending', decisions: [], run: { id: run.id } },
    ]);
    const { status, body } = await setting.call<ApprovalItem>('POST', decisionPath(first.approvalId), {
      verdict: 'approve',
      digest: first.digest,
      comment: 'fine',
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      state: 'approved',
      decisions: [{ by: 'local/admin', verdict: 'approve', comment: 'fine' }],
    });
    expect(await pending()).toEqual([]);
    expect(await signalCount()).toBe(1);
  });

  test('is asked for whatever its text was computed to', async () => {
    const { approvalId } = await ask({ prompt: 'a\0b\ud800', roles: ['x\0'] });
    const { body } = await setting.call<ApprovalItem>('GET', `/approvals/${approvalId}`);
    expect(body).toMatchObject({ prompt: 'a\uFFFDb\uFFFD', roles: ['x\uFFFD'] });
  });

  test('takes a double click once, and refuses another word after it', async () => {
    const { approvalId, digest } = await ask();
    const decide = (verdict: string) => setting.call('POST', decisionPath(approvalId), { verdict, digest });
    await Promise.all([decide('approve'), decide('approve'), decide('approve')]);
    const item = (await setting.call<ApprovalItem>('GET', `/approvals/${approvalId}`)).body;
    expect(item).toMatchObject({ state: 'approved', decisions: [{ by: 'local/admin' }] });
    expect(item.decisions).toHaveLength(1);
    expect(await setting.refused('POST', decisionPath(approvalId), { verdict: 'reject', digest })).toMatchObject({
      status: 409,
    });
  });

  test('of approve and reject at the same time takes one', async () => {
    const { approvalId, digest } = await ask();
    const said = await Promise.allSettled([
      setting.services.approvals.decide(approvalId, person('local/a'), { verdict: 'approve', digest }),
      setting.services.approvals.decide(approvalId, person('local/b'), { verdict: 'reject', digest }),
    ]);
    expect(said.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const { state, decisions } = await setting.services.approvals.read(approvalId);
    expect(decisions).toHaveLength(1);
    expect(state).toBe(decisions[0]?.verdict === 'approve' ? 'approved' : 'rejected');
  });

  test('with a quorum wants as many people, not one of them twice; one rejection ends it', async () => {
    const { approvals } = setting.services;
    const { approvalId, digest } = await ask({ quorum: 2 });
    const approve = (name: string) => approvals.decide(approvalId, person(name), { verdict: 'approve', digest });
    expect((await approve('local/a')).state).toBe('pending');
    expect((await approve('local/a')).state).toBe('pending');
    await expect(approvals.decide(approvalId, person('local/a'), { verdict: 'reject', digest })).rejects.toMatchObject({
      code: 'conflict',
    });
    expect((await approve('local/b')).state).toBe('approved');
    const other = await ask({ quorum: 2, jobAttempt: 2 });
    const say = (name: string, verdict: 'approve' | 'reject') =>
      approvals.decide(other.approvalId, person(name), { verdict, digest: other.digest });
    await say('local/a', 'approve');
    expect((await say('local/b', 'reject')).state).toBe('rejected');
  });

  test('is decided by those who are asked only', async () => {
    const { approvals } = setting.services;
    const { approvalId, digest } = await ask({ roles: ['release', 'security'] });
    await expect(
      approvals.decide(approvalId, person('local/reader', ['reader']), { verdict: 'approve', digest }),
    ).rejects.toMatchObject({ code: 'forbidden', message: expect.stringContaining('release or security') });
    expect(
      (await approvals.decide(approvalId, person('local/s', ['security']), { verdict: 'approve', digest })).state,
    ).toBe('approved');
  });

  test('is closed once, and not decided after its time', async () => {
    const { approvals } = setting.services;
    const late = await ask({ expiresAt: new Date(Date.now() - 1000).toISOString() });
    const decide = (id: string) =>
      setting.refused('POST', decisionPath(id), { verdict: 'approve', digest: late.digest });
    expect(await decide(late.approvalId)).toMatchObject({ status: 409 });
    expect((await approvals.close(late.approvalId, 'expired')).state).toBe('expired');
    expect((await approvals.close(late.approvalId, 'withdrawn')).state).toBe('expired');
    expect(await decide(late.approvalId)).toMatchObject({ status: 409 });
    expect(await decide('nothing')).toMatchObject({ status: 404 });
    expect(await setting.refused('GET', '/approvals?state=odd')).toMatchObject({ status: 400 });
  });
});

test('a decision that the run was not told of is told by a sweep', async () => {
  const { approvalId, digest } = await ask();
  const { approvals } = setting.services;
  await setting.call('POST', decisionPath(approvalId), { verdict: 'approve', digest });
  expect(await approvals.deliver()).toBe(0);
  await setting.db.pool.query('update decisions set delivered = false where "approvalId" = $1', [approvalId]);
  expect(await approvals.deliver()).toBe(1);
  expect(await signalCount()).toBe(2);
  expect(await approvals.deliver()).toBe(0);
});
