import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decide } from './decide-holds.ts';
import { type Hold, type Want, wantKey } from './holds.ts';

const lock = (name: string): Want => ({ kind: 'lock', name });
const group = (limit: number): Want => ({ kind: 'group', name: 'g', limit, whenFull: 'queue' });
const hold = (id: number, wants: Want[], within?: number[]): Hold => ({
  id,
  granted: false,
  rank: 3,
  since: id,
  wants,
  ...(within === undefined ? {} : { within }),
});
const has = (id: number, wants: Want[], within?: number[]): Hold => ({ ...hold(id, wants, within), granted: true });

describe('who waits for one another', () => {
  test('of two, the one that came last waits no more, and is told who has what it wants', () => {
    const holds = [has(1, [lock('a')]), has(2, [lock('b')]), hold(3, [lock('b')], [1]), hold(4, [lock('a')], [2])];
    expect(decide(holds)).toMatchObject({ granted: [], ended: [{ id: 4, why: 'deadlock', want: lock('a'), by: [1] }] });
  });

  test('of three in a ring, one alone; who only waits behind them stays', () => {
    const ring = [1, 2, 3].map((id) => has(id, [lock(`l${id}`)]));
    const inside = [hold(4, [lock('l2')], [1]), hold(5, [lock('l3')], [2]), hold(6, [lock('l1')], [3])];
    const behind = [has(7, [lock('other')]), hold(8, [lock('l1')], [7]), hold(9, [lock('l2')])];
    expect(decide([...ring, ...inside, ...behind]).ended.map(({ id }) => id)).toEqual([6]);
  });

  test('goes past one in front that waits for it', () => {
    // 3 is first in line for a, which is kept for it until 1 ends; 1 ends when 4 has, which is behind 3.
    const holds = [has(1, [lock('b')]), hold(3, [lock('a'), lock('b')]), hold(4, [lock('a')], [1])];
    expect(decide(holds)).toMatchObject({ granted: [4], ended: [] });
  });

  test('not where a place in a group will be free', () => {
    const holds = [has(1, [group(2)]), has(2, [lock('b')]), has(5, [group(2)]), hold(3, [lock('b')], [1])];
    expect(decide([...holds, hold(4, [group(2)], [2])]).ended).toEqual([]);
    const full = [...holds.filter(({ id }) => id !== 5), has(6, [group(2)]), hold(7, [lock('b')], [6])];
    expect(decide([...full, hold(8, [group(2)], [2])]).ended.map(({ id }) => id)).toEqual([8]);
  });
});

const name = fc.constantFrom('a', 'b', 'c');
const wants = fc.uniqueArray(fc.oneof(name.map(lock), fc.integer({ min: 1, max: 2 }).map(group)), {
  minLength: 1,
  maxLength: 2,
  selector: wantKey,
});
const run = fc.record({ wants, jobs: fc.array(wants, { maxLength: 2 }) });

test('whatever is asked for, all go on or are told; nobody is told who could have gone on', () => {
  fc.assert(
    fc.property(
      fc.array(run, { minLength: 1, maxLength: 4 }),
      fc.array(fc.nat(), { minLength: 100, maxLength: 100 }),
      (runs, order) => {
        const plain = play(runs, order, false);
        const told = play(runs, order, true);
        expect(told.waiting).toBe(0);
        if (plain.waiting === 0) expect(told.deadlocks).toBe(0);
      },
    ),
    { numRuns: 1000 },
  );
});

/** Runs with locks whose Jobs take more, each ended when none of its Jobs is open; which one ends next is chosen. */
function play(runs: readonly { wants: Want[]; jobs: Want[][] }[], order: readonly number[], isTold: boolean) {
  let holds: Hold[] = runs.map((one, at) => hold(at + 1, one.wants));
  let last = holds.length;
  let deadlocks = 0;
  const asked = new Set<number>();
  const within = new Map<number, number>();
  for (let step = 0; step < 100; step += 1) {
    const { granted, ended } = decide(isTold ? holds : holds.map((one) => ({ ...one, within: [] })));
    deadlocks += ended.length;
    const gone = new Set(ended.map(({ id }) => id));
    holds = holds
      .filter(({ id }) => !gone.has(id))
      .map((one) => (granted.includes(one.id) ? { ...one, granted: true } : one));
    const outer = holds.filter(({ id, granted: isHeld }) => isHeld && id <= runs.length && !asked.has(id));
    for (const { id, wants: own } of outer) {
      asked.add(id);
      const keys = new Set(own.map(wantKey));
      for (const job of runs[id - 1]?.jobs ?? []) {
        const more = job.filter((want) => !keys.has(wantKey(want)));
        if (more.length === 0) continue;
        last += 1;
        within.set(last, id);
        holds.push(hold(last, more, [id]));
      }
    }
    if (outer.length > 0 || ended.length > 0) continue;
    const open = new Set(holds.map(({ id }) => within.get(id)));
    const free = holds.filter(({ id, granted: isHeld }) => isHeld && !open.has(id));
    if (free.length === 0) break;
    const end = free[(order[step] as number) % free.length];
    holds = holds.filter((one) => one !== end);
  }
  return { waiting: holds.filter(({ granted }) => !granted).length, deadlocks };
}
