import { breakRing } from './deadlock.ts';
import { type Hold, inOrder, isNewer, room, take, takenBy, type Want, wantKey } from './holds.ts';

/** What becomes of those that wait, and of those that one of them takes the place of. */
export interface Decision {
  /** In the order that they were granted. */
  granted: number[];
  /**
   * They wait no more: refused, as `by` are in the group or in front of it, replaced by the one that is `by`, or as `by` have
   * what it wants and wait for what it has.
   */
  ended: (
    | { id: number; why: 'refused' | 'replaced'; group: string; by: number[] }
    | { id: number; why: 'deadlock'; want: Want; by: number[] }
  )[];
  /** They are in the group and are to end: `by`, which is newer, is to have their place when they have. */
  stopped: { id: number; group: string; by: number }[];
}

/**
 * Nobody goes past one that waits in front and wants one of the same: what that one waits for is kept for it, so a hold
 * of many locks is not starved by holds of one. Only one that the one in front itself waits for does.
 */
export function decide(holds: Iterable<Hold>): Decision {
  const all = [...holds];
  const decision: Decision = { granted: [], ended: [], stopped: [] };
  let held = all.filter(({ granted }) => granted).sort(inOrder);
  let waiting = all.filter(({ granted }) => !granted).sort(inOrder);
  for (;;) {
    const turn = oneTurn(held, waiting);
    decision.granted.push(...turn.granted.map(({ id }) => id));
    const replaced = replacements(turn.waiting);
    decision.ended.push(...turn.refused, ...replaced.values());
    held = [...held, ...turn.granted];
    waiting = turn.waiting.filter((hold) => !replaced.has(hold));
    if (replaced.size === 0) {
      const stopped = stops(held, waiting);
      decision.stopped.push(...stopped);
      const now = new Set(stopped.map(({ id }) => id));
      held = held.map((hold) => (now.has(hold.id) ? { ...hold, stopping: true } : hold));
      const ring = breakRing(held, staying(held, waiting));
      if (ring === undefined) return decision;
      if ('passes' in ring) {
        decision.granted.push(ring.passes.id);
        held.push(ring.passes);
        waiting = waiting.filter((hold) => hold !== ring.passes);
      } else {
        decision.ended.push({ why: 'deadlock', ...ring.ends });
        waiting = waiting.filter(({ id }) => id !== ring.ends.id);
      }
    }
    // What was kept for those that wait no more is free now.
  }
}

function oneTurn(held: readonly Hold[], queue: readonly Hold[]) {
  const taken = takenBy(held);
  const granted: Hold[] = [];
  const waiting: Hold[] = [];
  const refused: Decision['ended'] = [];
  const within = new Set(held.map(({ id }) => id));
  for (const hold of queue) {
    const full = hold.wants.filter((want) => !room(want, taken));
    const refusing = full.find((want) => want.kind === 'group' && want.whenFull === 'refuse');
    if (refusing !== undefined) {
      const by = taken.get(wantKey(refusing)) ?? [];
      const inside = by.filter((id) => within.has(id));
      refused.push({ id: hold.id, why: 'refused', group: refusing.name, by: inside.length > 0 ? inside : [...by] });
      continue;
    }
    (full.length === 0 ? granted : waiting).push(hold);
    take(hold, taken);
  }
  return { granted, waiting, refused };
}

/** Of each group, the newest that replaces: all that have waited longer give way to it. */
function replacements(waiting: readonly Hold[]): Map<Hold, Decision['ended'][number]> {
  const newest = new Map<string, Hold>();
  for (const hold of waiting) {
    for (const want of hold.wants) {
      if (want.kind !== 'group' || !(want.whenFull === 'replace' || want.whenFull === 'cancel')) continue;
      const other = newest.get(want.name);
      if (other === undefined || isNewer(hold, other)) newest.set(want.name, hold);
    }
  }
  const found = new Map<Hold, Decision['ended'][number]>();
  for (const hold of newest.size === 0 ? [] : waiting) {
    for (const want of hold.wants) {
      const by = want.kind === 'group' ? newest.get(want.name) : undefined;
      if (by === undefined || !isNewer(by, hold)) continue;
      found.set(hold, { id: hold.id, why: 'replaced', group: want.name, by: [by.id] });
    }
  }
  return found;
}

/** Of each group, so many of those in it that one that cancels gets in, the oldest first. Who is newer than it is waited for. */
function stops(held: readonly Hold[], waiting: readonly Hold[]): Decision['stopped'] {
  return waiting.flatMap((hold) =>
    hold.wants.flatMap((want) => {
      if (want.kind !== 'group' || want.whenFull !== 'cancel') return [];
      const inside = held.filter(({ wants }) => wants.some((one) => wantKey(one) === wantKey(want)));
      const staying = inside.filter(({ stopping }) => stopping === undefined);
      const older = staying
        .filter((one) => isNewer(hold, one))
        .sort((one, other) => (isNewer(one, other) ? 1 : -1))
        .slice(0, Math.max(0, staying.length - want.limit + 1));
      return older.map(({ id }) => ({ id, group: want.name, by: hold.id }));
    }),
  );
}

/** Those that go on waiting: what waits within one that was asked to end will not. */
function staying(held: readonly Hold[], waiting: readonly Hold[]): Hold[] {
  const leaving = new Set(held.flatMap(({ id, stopping }) => (stopping === undefined ? [] : [id])));
  return waiting.filter(({ within = [] }) => !within.some((id) => leaving.has(id)));
}
