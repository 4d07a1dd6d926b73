import { createHash } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ApprovalItem, Preview } from '../../core/api/approvals.ts';
import { type ApprovalSetting, createApprovalSetting, person } from './setting.ts';

let setting: ApprovalSetting;
beforeAll(async () => {
  setting = await createApprovalSetting();
});
beforeEach(async () => {
  await setting.newRun();
});

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const shows = { shows: ['plan.txt'] };

describe('what is decided on', () => {
  test('is the files as they are stored, and the decision carries their digest', async () => {
    await setting.store('plan.txt', 'one to add');
    const item = await setting.ask(shows);
    expect(item).toMatchObject({ files: [{ key: 'plan.txt', size: 10, sha256: sha256('one to add') }] });
    expect(item.digest).toMatch(/^[\da-f]{64}$/);
    const path = `/approvals/${item.id}/decisions`;
    expect(await setting.refused('POST', path, { verdict: 'approve' })).toMatchObject({ status: 400 });
    const other = { verdict: 'approve', digest: sha256('another') };
    expect(await setting.refused('POST', path, other)).toMatchObject({
      status: 409,
      detail: expect.stringContaining(item.digest),
    });
    expect((await setting.item(item.id)).decisions).toEqual([]);
    await setting.call('POST', path, { verdict: 'approve', digest: item.digest });
    expect((await setting.item(item.id)).state).toBe('approved');
  });

  test('a file that is stored again voids what was decided, and only the new content can be', async () => {
    await setting.store('plan.txt', 'one to add');
    const before = await setting.ask(shows, { quorum: 2 });
    await setting.decide(before, person('local/a'));
    await setting.store('plan.txt', 'everything to destroy');
    const after = await setting.item(before.id);
    expect(after.digest).not.toBe(before.digest);
    expect(after.files).toMatchObject([{ sha256: sha256('everything to destroy') }]);
    expect(after.decisions).toMatchObject([{ by: 'local/a', verdict: 'approve', void: true }]);
    await expect(setting.decide(before, person('local/b'))).rejects.toMatchObject({ code: 'conflict' });
    expect((await setting.decide(after, person('local/b'))).state).toBe('pending');
    expect((await setting.decide(after, person('local/a'))).state).toBe('approved');
    const { decisions } = await setting.item(before.id);
    expect(decisions.map((one) => [one.by, one.void])).toEqual([
      ['local/a', true],
      ['local/b', false],
      ['local/a', false],
    ]);
  });

  test('a change that nobody told of is found by the decision itself, and kept', async () => {
    await setting.store('plan.txt', 'one to add');
    const before = await setting.ask(shows, { quorum: 2 });
    await setting.decide(before, person('local/a'));
    await setting.db.pool.query('update stored_files set sha256 = $2 where "runId" = $1', [
      setting.run().id,
      sha256('x'),
    ]);
    await expect(setting.decide(before, person('local/b'))).rejects.toMatchObject({ code: 'conflict' });
    expect((await setting.item(before.id)).decisions).toMatchObject([{ by: 'local/a', void: true }]);
  });

  test('the same content stored again, and other files, change nothing', async () => {
    await setting.store('plan.txt', 'one to add');
    const before = await setting.ask(shows, { quorum: 2 });
    await setting.decide(before, person('local/a'));
    await setting.store('plan.txt', 'one to add');
    await setting.store('other.txt', 'x');
    await setting.store('other.txt', 'y');
    expect((await setting.decide(before, person('local/b'))).state).toBe('approved');
  });

  test('is of this run with these parameters, and no other', async () => {
    const one = await setting.ask();
    await setting.newRun({ parameters: { size: 2 } });
    const other = await setting.ask();
    expect(other.digest).not.toBe(one.digest);
    await expect(setting.decide({ ...other, digest: one.digest }, person('local/a'))).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  test('asked for by an earlier version, it has a digest as soon as somebody looks', async () => {
    const asked = await setting.ask();
    await setting.db.pool.query(`update approvals set digest = '' where id = $1`, [asked.id]);
    const { body } = await setting.call<{ items: ApprovalItem[] }>('GET', '/approvals?state=pending');
    expect(body.items.find(({ id }) => id === asked.id)?.digest).toBe(asked.digest);
  });
});

describe('a file that is shown', () => {
  test('must be there, and the Action says which is not', async () => {
    await expect(setting.ask(shows)).rejects.toThrow('The run has not stored plan.txt');
    await expect(setting.ask({ shows: ['../plan'] })).rejects.toThrow('a store key is segments');
  });

  test('is read as text from its beginning; bytes that are no text are not', async () => {
    const long = 'ä'.repeat(200_000);
    await setting.store('plan.txt', '\u001b[32m+ add\u001b[0m <b>');
    await setting.store('long.txt', long);
    await setting.store('plan', 'PK\0\u0001');
    const item = await setting.ask({ shows: ['plan.txt', 'long.txt', 'plan'] });
    const preview = async (key: string) =>
      (await setting.call<Preview>('GET', `/approvals/${item.id}/files/${key}`)).body;
    expect(await preview('plan.txt')).toEqual({ text: '\u001b[32m+ add\u001b[0m <b>', isWhole: true });
    expect(await preview('plan')).toEqual({ text: null, isWhole: true });
    const cut = await preview('long.txt');
    expect(cut.isWhole).toBe(false);
    expect(long.startsWith(cut.text ?? 'x')).toBe(true);
    expect(await setting.refused('GET', `/approvals/${item.id}/files/other`)).toMatchObject({ status: 404 });
  });

  test('is not shown as what it was once it is something else', async () => {
    await setting.store('plan.txt', 'one to add');
    const item = await setting.ask(shows);
    await setting.decide(item, person('local/a'));
    await setting.store('plan.txt', 'another');
    expect(await setting.refused('GET', `/approvals/${item.id}/files/plan.txt`)).toMatchObject({ status: 409 });
  });
});
