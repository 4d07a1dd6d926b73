import { type Hold, inOrder, isNewer, room, take, takenBy, type Want, wantKey } from './holds.ts';

/** One that nothing will ever let go on, and what it waits for. */
interface Deadlock {
  id: number;
  want: Want;
  /** Who has that. */
  by: number[];
}

/**
 * How to open a ring of those that wait for one another; undefined where there is none. What is held goes when all that waits
 * within it went on, so a ring has somebody who holds one thing and waits for another. Where what that one wants is only kept
 * for one in front, it goes past; else the one that came last waits no more.
 */
export function breakRing(
  held: readonly Hold[],
  waiting: readonly Hold[],
): { passes: Hold } | { ends: Deadlock } | undefined {
  if (!waiting.some(isWithin)) return undefined;
  const stuck = stuckOf(held, [...waiting].sort(inOrder));
  const ring = stuck.filter((hold) => isWithin(hold) && reaches(hold, hold, held, stuck));
  const taken = takenBy(held);
  const isFull = (want: Want) => !room(want, taken);
  const passes = ring.find(({ wants }) => !wants.some(isFull));
  if (passes !== undefined) return { passes };
  const last = ring.toSorted((one, other) => (isNewer(one, other) ? -1 : 1))[0];
  const want = last?.wants.find(isFull);
  return last === undefined || want === undefined
    ? undefined
    : { ends: { id: last.id, want, by: taken.get(wantKey(want)) ?? [] } };
}

function isWithin({ within }: Hold): boolean {
  return within !== undefined && within.length > 0;
}

/** Those that still wait once all that can end has ended and all that can go on has gone on. */
function stuckOf(held: readonly Hold[], queue: readonly Hold[]): Hold[] {
  let stuck = [...queue];
  for (;;) {
    const kept = new Set(stuck.flatMap(({ within = [] }) => within));
    const taken = takenBy(held.filter(({ id }) => kept.has(id)));
    const left = stuck.filter((hold) => {
      const waits = hold.wants.some((want) => !room(want, taken));
      if (waits) take(hold, taken);
      return waits;
    });
    if (left.length === stuck.length) return left;
    stuck = left;
  }
}

/** Whether one waits, at any remove, for the other. */
function reaches(from: Hold, to: Hold, held: readonly Hold[], stuck: readonly Hold[]): boolean {
  const seen = new Set<Hold>();
  const open = [from];
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    for (const next of waitsFor(one, held, stuck)) {
      if (next === to) return true;
      if (seen.has(next)) continue;
      seen.add(next);
      open.push(next);
    }
  }
  return false;
}

/** Those in front of it for one of the same, and those within what has one of the same. */
function waitsFor(hold: Hold, held: readonly Hold[], stuck: readonly Hold[]): Hold[] {
  const keys = new Set(hold.wants.map(wantKey));
  const shares = ({ wants }: Hold) => wants.some((want) => keys.has(wantKey(want)));
  const holders = new Set(held.filter(shares).map(({ id }) => id));
  return stuck.filter(
    (other) =>
      (other.within ?? []).some((id) => holders.has(id)) ||
      (other !== hold && shares(other) && inOrder(other, hold) < 0),
  );
}
