import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { HoldInfo } from '../../core/api/holds.ts';
import type { RunSummary } from '../../core/api/objects.ts';
import { holdKeeperId, runWorkflowId } from '../../core/keys.ts';
import { type ControlSetting, createControlSetting } from './setting.ts';

let setting: ControlSetting;

/** Jobs of control flow alone need no Worker. */
const holds = '[{ wait: 30d }]';
const passes = '[{ set: { x: 1 } }]';
beforeAll(async () => {
  setting = await createControlSetting();
  await setting.apply(
    [
      `name: both\nlocks: [a, b]\njobs: [{ name: j, actions: ${passes} }]`,
      `name: one\nlocks: [a]\njobs: [{ name: j, actions: ${passes} }]`,
      `name: other\nlocks: [b]\njobs: [{ name: j, actions: ${passes} }]`,
      `name: holds\nlocks: [a]\njobs: [{ name: j, actions: ${holds} }]`,
      `name: late\nlocks: [a]\ntimeout: 1s\njobs: [{ name: j, actions: ${holds} }]`,
      `name: ranked\nlocks: { names: [a], by: priority }\njobs: [{ name: j, actions: ${passes} }]`,
      `name: inside\njobs: [{ name: j, locks: [a], actions: ${passes} }]`,
      ...[
        ['ab', 'a', 'b'],
        ['ba', 'b', 'a'],
      ].map(
        ([name, outer, inner]) =>
          `name: ${name}\nlocks: [${outer}]\njobs:\n  - { name: before, actions: [{ wait: 2s }] }\n  - { name: j, requires: [before], locks: [${inner}], actions: ${passes} }`,
      ),
      `name: limited\nconcurrency: { group: g, limit: 2 }\njobs: [{ name: j, actions: ${holds} }]`,
      `name: replaces\nconcurrency: { group: g, limit: 2, when_full: replace }\njobs: [{ name: j, actions: ${holds} }]`,
      `name: cancels\nconcurrency: { group: g, limit: 2, when_full: cancel }\njobs: [{ name: j, actions: ${holds} }]`,
      `name: refuses\nconcurrency: { group: g, limit: 2, when_full: refuse }\njobs: [{ name: j, actions: ${holds} }]`,
    ].join('\n---\n'),
  );
});

afterEach(async () => {
  const { rows } = await setting.db.pool.query<RunSummary>(
    'select id, pipeline, number from runs where "endedAt" is null',
  );
  for (const run of rows) await setting.stop(run).catch(() => {});
  for (const run of rows) await expect.poll(async () => (await setting.get(run)).endedAt).not.toBeNull();
});

async function list(): Promise<HoldInfo[]> {
  return (await setting.call<{ items: HoldInfo[] }>('GET', '/locks')).body.items;
}

/** Waits until so many wait for a lock. */
async function waiting(name: string, count: number): Promise<void> {
  await expect
    .poll(async () => (await list()).find((one) => one.name === name)?.waitingCount ?? 0, { timeout: 30_000 })
    .toBe(count);
}

/** In the order in which they began. */
async function begun(runs: readonly RunSummary[]): Promise<string[]> {
  const all = await Promise.all(runs.map((run) => setting.until(run, 'succeeded')));
  const sorted = all.toSorted((one, other) => Date.parse(one.startedAt ?? '') - Date.parse(other.startedAt ?? ''));
  return sorted.map(({ pipeline, number }) => `${pipeline}/${number}`);
}

const nameOf = ({ pipeline, number }: RunSummary) => `${pipeline}/${number}`;

describe('locks', () => {
  test('of two runs that take the same the other way round, one is told, and the other goes on', async () => {
    const runs = [await setting.start('ab'), await setting.start('ba')];
    await expect
      .poll(async () => (await Promise.all(runs.map(setting.get))).map(({ status }) => status).sort(), {
        timeout: 30_000,
      })
      .toEqual(['stopped', 'succeeded']);
    const ended = (await Promise.all(runs.map(setting.get))).find(({ status }) => status === 'stopped');
    const [has, lock] = ended?.pipeline === 'ab' ? ['ba #1', 'b'] : ['ab #1', 'a'];
    expect(ended?.jobs.find(({ name }) => name === 'j')?.reason).toBe(
      `It would wait for ever: ${has} has the lock ${lock} and waits in turn for what this run has. Name all that is needed together in one place.`,
    );
    expect(await list()).toEqual([]);
  });

  test('are handed on first come, first served, several at once', async () => {
    const first = await setting.start('holds');
    await setting.until(first, 'running');
    const runs: RunSummary[] = [];
    for (const name of ['both', 'one', 'other', 'both', 'other', 'one', 'both']) {
      runs.push(await setting.start(name));
      await expect.poll(async () => (await setting.get(runs.at(-1) as RunSummary)).wait?.kind).toBe('lock');
    }
    // Even b, which nobody has, is kept for the first in line.
    expect((await list()).map(({ name, holders, waitingCount }) => [name, holders.length, waitingCount])).toEqual([
      ['a', 1, 5],
      ['b', 0, 5],
    ]);
    await setting.stop(first);
    const order = await begun(runs);
    const of = (lock: string) =>
      order.filter((name) => name.startsWith('both') || name.startsWith(lock === 'a' ? 'one' : 'other'));
    for (const lock of ['a', 'b']) {
      const asked = runs.map(nameOf).filter((name) => of(lock).includes(name));
      expect(of(lock)).toEqual(asked);
    }
    expect(await list()).toEqual([]);
  });

  test('a wait says what for, at which place, who has it and what would end it', async () => {
    const first = await setting.start('holds');
    await setting.until(first, 'running');
    const second = await setting.start('one');
    await waiting('a', 1);
    const third = await setting.start('inside');
    await waiting('a', 2);
    const holder = { pipeline: 'holds', number: first.number, job: null, since: expect.any(String) };
    expect(await setting.get(second)).toMatchObject({
      status: 'queued',
      startedAt: null,
      wait: { kind: 'lock', names: ['a'], position: 1, holders: [holder], endsWhen: `holds #${first.number} ends` },
    });
    const wait = {
      kind: 'lock',
      names: ['a'],
      position: 2,
      holders: [holder],
      endsWhen: `holds #${first.number} ends, then the one in front of it`,
    };
    await expect.poll(async () => (await setting.get(third)).wait?.kind).toBe('lock');
    expect(await setting.get(third)).toMatchObject({ wait, jobs: [{ status: 'queued', wait, attempt: 0 }] });
    const listed = await setting.call<{ items: RunSummary[] }>('GET', '/runs?limit=2');
    expect(listed.body.items.map((run) => run.wait)).toMatchObject([wait, { position: 1 }]);
    expect(await list()).toMatchObject([
      {
        kind: 'lock',
        holders: [holder],
        waiting: [
          { pipeline: 'one', position: 1 },
          { pipeline: 'inside', job: 'j', position: 2 },
        ],
      },
    ]);
    await setting.stop(first);
    await begun([second, third]);
  });

  test('by priority where that is asked for, else the first that came', async () => {
    const first = await setting.start('holds');
    await setting.until(first, 'running');
    const runs: RunSummary[] = [];
    for (const priority of [3, 5, 1, 3, 1]) {
      runs.push(await setting.start('ranked', {}, priority));
      await waiting('a', runs.length);
    }
    await setting.stop(first);
    expect(await begun(runs)).toEqual([2, 4, 0, 3, 1].map((at) => nameOf(runs[at] as RunSummary)));
  });
});

describe('a lock goes to the next', () => {
  test('when its holder takes too long', async () => {
    const first = await setting.start('late');
    await setting.until(first, 'running');
    const next = await setting.start('one');
    await setting.until(next, 'succeeded');
    expect((await setting.get(first)).status).toBe('timed_out');
  });

  test('when its holder is ended in Temporal, and nobody has told', async () => {
    const first = await setting.start('holds');
    await setting.until(first, 'running');
    const next = await setting.start('one');
    await waiting('a', 1);
    await setting.terminate(first);
    await setting.sweep();
    await setting.until(next, 'succeeded');
    expect((await setting.get(first)).reason).toBe('It was terminated in Temporal.');
  });

  test('when the run is gone from the database', async () => {
    const first = await setting.start('holds');
    await setting.until(first, 'running');
    const next = await setting.start('inside');
    await waiting('a', 1);
    await setting.terminate(first);
    await setting.db.pool.query('delete from runs where id = $1', [first.id]);
    await setting.sweep();
    await setting.until(next, 'succeeded');
  });

  test('one that is stopped or ended while it waits leaves the line', async () => {
    const first = await setting.start('holds');
    await setting.until(first, 'running');
    const [stopped, ended, next] = [await setting.start('one'), await setting.start('one'), await setting.start('one')];
    await waiting('a', 3);
    await setting.stop(stopped);
    expect((await setting.until(stopped, 'stopped')).startedAt).toBeNull();
    await setting.terminate(ended);
    await setting.sweep();
    await waiting('a', 1);
    await setting.stop(first);
    await setting.until(next, 'succeeded');
  });
});

describe('the keeper', () => {
  test('that is ended in Temporal begins anew where it was', async () => {
    const first = await setting.start('holds');
    await setting.until(first, 'running');
    const [second, third] = [await setting.start('both'), await setting.start('one')];
    await waiting('a', 2);
    await setting.client.workflow.getHandle(holdKeeperId).terminate();
    await setting.control.handOverHolds();
    expect((await setting.get(second)).wait).toMatchObject({ position: 1 });
    await setting.stop(first);
    await begun([second, third]);
  });

  test('says again what was not heard', async () => {
    const first = await setting.start('holds');
    await setting.until(first, 'running');
    const next = await setting.start('one');
    await waiting('a', 1);
    // As if it had ended between the row and the signal.
    await setting.client.workflow.getHandle(holdKeeperId).terminate();
    await setting.db.pool.query(`delete from holds where "runId" = $1`, [first.id]);
    await setting.db.pool.query(
      `update holds set state = 'granted', "settledAt" = now() - interval '1 minute' where "runId" = $1`,
      [next.id],
    );
    await setting.control.handOverHolds();
    await setting.until(next, 'succeeded');
    await setting.stop(first);
  });

  test('whatever is signalled, nobody gets what another has', async () => {
    const first = await setting.start('holds');
    await setting.until(first, 'running');
    const next = await setting.start('one');
    await waiting('a', 1);
    const keeper = setting.client.workflow.getHandle(holdKeeperId);
    await keeper.signal('holdsChanged', [1, 2, 3, 4_000_000]);
    const handle = setting.client.workflow.getHandle(runWorkflowId(next.pipeline, next.number));
    await handle.signal('holdSettled', { job: '' });
    await handle.signal('holdSettled', { job: 'nowhere' });
    await setting.control.handOverHolds();
    expect(await setting.get(next)).toMatchObject({ status: 'queued', wait: { position: 1 } });
    await setting.stop(first);
    await setting.until(next, 'succeeded');
  });
});

describe('a group', () => {
  test('has as many as its limit; the next waits, is refused or takes the place of those that wait', async () => {
    const inside = [await setting.start('limited'), await setting.start('limited')];
    for (const run of inside) await setting.until(run, 'running');
    const waits = await setting.start('limited');
    await waiting('g', 1);
    expect((await setting.get(waits)).wait).toMatchObject({ kind: 'group', group: 'g', limit: 2, position: 1 });
    const refused = await setting.until(await setting.start('refuses'), 'stopped');
    const names = inside.map(({ pipeline, number }) => `${pipeline} #${number}`);
    expect(refused.reason).toBe(`The group g is full, and it does not wait: ${names.join(', ')} are in it.`);
    const newest = await setting.start('replaces');
    expect((await setting.until(waits, 'stopped')).reason).toBe(
      `Its place in the group g was taken by replaces #${newest.number}, which is newer.`,
    );
    for (const run of inside) expect((await setting.get(run)).status).toBe('running');
    await setting.stop(inside[0] as RunSummary);
    await setting.until(newest, 'running');
    for (const run of [inside[1] as RunSummary, newest]) await setting.stop(run);
  });
});

describe('a newer run that cancels', () => {
  const gone = (by: RunSummary) =>
    `It was stopped: its place in the group g goes to cancels #${by.number}, which is newer.`;

  test('has the oldest in the group end, which says for whom', async () => {
    const inside = [await setting.start('limited'), await setting.start('limited')] as const;
    for (const run of inside) await setting.until(run, 'running');
    const waits = await setting.start('limited');
    await waiting('g', 1);
    const next = await setting.start('cancels');
    expect((await setting.until(inside[0], 'stopped')).reason).toBe(gone(next));
    expect((await setting.until(waits, 'stopped')).reason).toBe(
      `Its place in the group g was taken by cancels #${next.number}, which is newer.`,
    );
    await setting.until(next, 'running');
    expect((await setting.get(inside[1])).status).toBe('running');
  });

  test('waits for one that does not end, gives way to the next, and what was not heard is said again', async () => {
    const inside = [await setting.start('limited'), await setting.start('limited')] as const;
    for (const run of inside) await setting.until(run, 'running');
    // As if the control worker had ended between the row and the signal.
    await setting.db.pool.query(
      `update holds set state = 'stopping', reason = 'A newer one takes its place.', heard = false,
         "settledAt" = now() - interval '1 minute' where "runId" = $1`,
      [inside[0].id],
    );
    await setting.client.workflow.getHandle(holdKeeperId).terminate();
    const first = await setting.start('cancels');
    await waiting('g', 1);
    const holder = { pipeline: 'limited', number: inside[0].number, stopping: true };
    expect((await setting.get(first)).wait).toMatchObject({
      kind: 'group',
      position: 1,
      holders: [holder, { number: inside[1].number }],
      endsWhen: `limited #${inside[0].number} (being stopped), limited #${inside[1].number} end`,
    });
    expect((await list())[0]?.holders[0]).toMatchObject(holder);
    const second = await setting.start('cancels');
    expect((await setting.until(first, 'stopped')).reason).toMatch(`was taken by cancels #${second.number}, which`);
    await setting.control.handOverHolds();
    expect((await setting.until(inside[0], 'stopped')).reason).toBe('A newer one takes its place.');
    await setting.until(second, 'running');
    expect((await setting.get(inside[1])).status).toBe('running');
  });
});

describe('an administrator', () => {
  test('takes a lock from who has it; that goes on, and the audit log says who did it', async () => {
    const first = await setting.start('holds');
    await setting.until(first, 'running');
    const next = await setting.start('one');
    await waiting('a', 1);
    expect((await setting.call('POST', '/locks/a/release')).status).toBe(204);
    await setting.until(next, 'succeeded');
    expect((await setting.get(first)).status).toBe('running');
    const { items } = await setting.services.audit.list({ limit: 5 });
    expect(items[0]).toMatchObject({ who: 'local/admin', method: 'lockRelease', what: 'POST /api/v1/locks/a/release' });
    await setting.stop(first);
    await setting.until(first, 'stopped');
    expect((await setting.refused('POST', '/locks/a/release')).code).toBe('not_found');
  });
});
