import { describe, expect, test } from 'vitest';
import { decide } from './decide-holds.ts';
import { type Hold, inOrder, lineOf, type Want, type WhenFull, wantKey } from './holds.ts';

const lock = (name: string): Want => ({ kind: 'lock', name });
const group = (limit: number, whenFull: WhenFull = 'queue', name = 'g'): Want => ({
  kind: 'group',
  name,
  limit,
  whenFull,
});
const hold = (id: number, wants: Want[], more: Partial<Hold> = {}): Hold => ({
  id,
  granted: false,
  rank: 3,
  since: id,
  wants,
  ...more,
});
const has = { granted: true };

describe('who is next', () => {
  test('has all of what it wants at once, or nothing', () => {
    const holds = [hold(1, [lock('a')], has), hold(2, [lock('a'), lock('b')]), hold(3, [lock('c')])];
    expect(decide(holds).granted).toEqual([3]);
    expect(decide(holds.slice(1)).granted).toEqual([2, 3]);
  });

  test('first come, whatever the ids and the order in which they are known', () => {
    const late = hold(1, [lock('a')], { since: 9 });
    expect(decide([late, hold(2, [lock('a')], { since: 5 })]).granted).toEqual([2]);
  });

  test('nobody goes past one in front that wants one of the same, free as it may be', () => {
    const holds = [hold(1, [lock('b')], has), hold(2, [lock('a'), lock('b')]), hold(3, [lock('a')])];
    expect(decide(holds).granted).toEqual([]);
  });

  test('by priority where it is asked for so, then first come', () => {
    const holds = [hold(1, [lock('a')]), hold(2, [lock('a')], { rank: 1 }), hold(3, [lock('a')], { rank: 1 })];
    expect(decide(holds).granted).toEqual([2]);
  });

  test('a group has as many as its limit', () => {
    const holds = [
      hold(1, [group(2)], has),
      hold(2, [group(2)]),
      hold(3, [group(2)]),
      hold(4, [group(2, 'queue', 'h')]),
    ];
    expect(decide(holds).granted).toEqual([2, 4]);
    // Whoever wants it emptier waits until it is.
    expect(decide([hold(1, [group(2)], has), hold(2, [group(1)])]).granted).toEqual([]);
  });
});

describe('a full group', () => {
  test('refuses who does not want to wait, naming who is in it', () => {
    const holds = [hold(1, [group(1)], has), hold(2, [group(1, 'refuse')])];
    expect(decide(holds).ended).toEqual([{ id: 2, why: 'refused', group: 'g', by: [1] }]);
    expect(decide([hold(1, [group(1, 'refuse')])])).toEqual({ granted: [1], ended: [], stopped: [] });
  });

  test('also where it is only promised to one in front', () => {
    const holds = [hold(1, [lock('a')], has), hold(2, [group(1), lock('a')]), hold(3, [group(1, 'refuse')])];
    expect(decide(holds).ended).toEqual([{ id: 3, why: 'refused', group: 'g', by: [2] }]);
  });

  test('lets the newest take the place of all that wait, not of who is in it', () => {
    const holds = [
      hold(1, [group(1)], has),
      hold(2, [group(1, 'replace')]),
      hold(3, [group(1)]),
      hold(4, [group(1, 'replace')]),
    ];
    expect(decide(holds)).toEqual({
      granted: [],
      ended: [
        { id: 2, why: 'replaced', group: 'g', by: [4] },
        { id: 3, why: 'replaced', group: 'g', by: [4] },
      ],
      stopped: [],
    });
  });

  test('who had its turn in the same moment is not replaced, and what a replaced one waited for is free', () => {
    const both = [hold(1, [group(1, 'replace')]), hold(2, [group(1, 'replace')]), hold(3, [group(1, 'replace')])];
    expect(decide(both)).toMatchObject({ granted: [1], ended: [{ id: 2, why: 'replaced', group: 'g', by: [3] }] });
    const kept = [
      hold(1, [group(1)], has),
      hold(2, [group(1), lock('a')]),
      hold(3, [lock('a')]),
      hold(4, [group(1, 'replace')]),
    ];
    expect(decide(kept)).toMatchObject({ granted: [3], ended: [{ id: 2, why: 'replaced', group: 'g', by: [4] }] });
  });

  test('has who is in it end for one that cancels, which waits until it has', () => {
    const inside = hold(1, [group(1)], has);
    const asked = [inside, hold(2, [group(1)]), hold(3, [group(1, 'cancel')])];
    expect(decide(asked)).toEqual({
      granted: [],
      ended: [{ id: 2, why: 'replaced', group: 'g', by: [3] }],
      stopped: [{ id: 1, group: 'g', by: 3 }],
    });
    const stopping = { ...inside, stopping: true } as const;
    expect(decide([stopping, hold(3, [group(1, 'cancel')])])).toEqual({ granted: [], ended: [], stopped: [] });
    // A second takes the place of the first, and nobody is asked again.
    expect(decide([stopping, hold(3, [group(1, 'cancel')]), hold(4, [group(1, 'cancel')])])).toEqual({
      granted: [],
      ended: [{ id: 3, why: 'replaced', group: 'g', by: [4] }],
      stopped: [],
    });
    expect(decide([hold(4, [group(1, 'cancel')])]).granted).toEqual([4]);
  });

  test('has so many of them end as one that cancels needs, the oldest first, and none that is newer', () => {
    const inside = [hold(3, [group(3)], has), hold(1, [group(3)], has), hold(2, [group(3)], has)];
    const stopped = (limit: number, more: Partial<Hold> = {}) =>
      decide([...inside, hold(9, [group(limit, 'cancel')], more)]).stopped.map(({ id }) => id);
    expect(stopped(3)).toEqual([1]);
    expect(stopped(2)).toEqual([1, 2]);
    expect(stopped(4)).toEqual([]);
    expect(stopped(1, { since: 2.5 })).toEqual([1, 2]);
  });

  test('also who has its turn in the same moment, and what waits within it closes no ring', () => {
    const both = [hold(1, [group(1, 'cancel')]), hold(2, [group(1, 'cancel')])];
    expect(decide(both)).toEqual({ granted: [1], ended: [], stopped: [{ id: 1, group: 'g', by: 2 }] });
    const ring = [hold(1, [group(1)], has), hold(2, [lock('a')], has), hold(3, [lock('a')], { within: [1] })];
    const closes = (whenFull: WhenFull) => decide([...ring, hold(4, [group(1, whenFull)], { within: [2] })]);
    expect(closes('queue').ended).toMatchObject([{ id: 4, why: 'deadlock' }]);
    expect(closes('cancel')).toEqual({ granted: [], ended: [], stopped: [{ id: 1, group: 'g', by: 4 }] });
  });
});

describe('where one stands', () => {
  const all = [
    hold(1, [lock('a')], has),
    hold(2, [lock('a'), lock('b')]),
    hold(3, [lock('c')]),
    hold(4, [lock('b')]),
    hold(5, [lock('b'), lock('a')]),
  ];
  const line = (id: number) => lineOf(all.find((one) => one.id === id) as Hold, all);

  test('counts those in front that want one of the same, and names who has it', () => {
    expect(line(2)).toEqual({ position: 1, full: [lock('a')], holders: [1] });
    expect(line(5)).toEqual({ position: 3, full: [lock('a')], holders: [1] });
  });

  test('also where nobody has it and it is kept for one in front', () => {
    expect(line(4)).toEqual({ position: 2, full: [lock('b')], holders: [] });
  });
});

/** A stream of numbers, the same for the same seed. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

test.each(Array.from({ length: 60 }, (_, seed) => seed + 1))(
  'whatever comes and goes (%i): never too many, nobody past, nobody forgotten',
  (seed) => {
    const random = numbers(seed);
    const holds = new Map<number, Hold>();
    const came: number[] = [];
    const gone = new Set<number>();
    for (let step = 0, id = 0; step < 120; step += 1) {
      const granted = [...holds.values()].filter((one) => one.granted);
      if (random(3) < 2 && step < 80) {
        id += 1;
        const names = ['a', 'b', 'c', 'd'].filter(() => random(2) === 0);
        const whenFull = (['queue', 'queue', 'replace', 'cancel', 'refuse'] as const)[random(5)] as WhenFull;
        const wants = [...names.map(lock), ...(random(2) === 0 || names.length === 0 ? [group(2, whenFull)] : [])];
        holds.set(id, hold(id, wants, { rank: 1 + random(3) }));
        came.push(id);
      } else if (granted.length > 0) {
        const end = (granted[random(granted.length)] as Hold).id;
        holds.delete(end);
        gone.add(end);
      }
      const before = [...holds.values()];
      const { granted: now, ended, stopped } = decide(before.toSorted(() => random(3) - 1));
      for (const { id: over } of ended) {
        holds.delete(over);
        gone.add(over);
      }
      for (const next of now) holds.set(next, { ...(holds.get(next) as Hold), granted: true });
      for (const { id: end, by } of stopped) {
        const one = holds.get(end) as Hold;
        expect([one.granted, holds.get(by)?.granted]).toEqual([true, false]);
        holds.set(end, { ...one, stopping: true });
      }
      check([...holds.values()], now);
      // Decided anew, nothing is left to decide.
      expect(decide(holds.values())).toEqual({ granted: [], ended: [], stopped: [] });
    }
    for (const id of came) expect(holds.has(id) || gone.has(id)).toBe(true);

    /** Whoever waits has somebody who has, or in front of it wants, what it wants. */
    function check(all: readonly Hold[], now: readonly number[]): void {
      const count = new Map<string, number>();
      for (const one of all.filter(({ granted }) => granted)) {
        for (const want of one.wants) count.set(wantKey(want), (count.get(wantKey(want)) ?? 0) + 1);
      }
      for (const [key, many] of count) expect(many).toBeLessThanOrEqual(key.startsWith('lock:') ? 1 : 2);
      const waiting = all.filter(({ granted }) => !granted);
      const share = (one: Hold, other: Hold) =>
        one.wants.some((want) => other.wants.some((its) => wantKey(its) === wantKey(want) && its.kind === 'lock'));
      for (const one of waiting) {
        for (const id of now) {
          const winner = all.find((each) => each.id === id) as Hold;
          if (share(one, winner)) expect(inOrder(winner, one)).toBeLessThan(0);
        }
        const { full, holders, position } = lineOf(one, all);
        expect(full.length).toBeGreaterThan(0);
        expect(holders.length > 0 || position > 1).toBe(true);
      }
    }
  },
);
