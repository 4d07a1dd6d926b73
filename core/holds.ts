/**
 * Who may have what only so many may have at once: locks, and places in concurrency groups. Pure: the order is decided
 * from what was asked alone, by the workflow that keeps it and by whoever shows a line.
 */

export type WhenFull = 'queue' | 'replace' | 'refuse';

export type Want =
  | { kind: 'lock'; name: string }
  /** `limit`: how many may be in the group while this one is. */
  | { kind: 'group'; name: string; limit: number; whenFull: WhenFull };

/** All that one run, or one Job of it, asks for. It gets all at once or nothing. */
export interface Hold {
  id: number;
  granted: boolean;
  /** 1 goes before 5. */
  rank: number;
  /** Milliseconds since 1970: when it was asked for. */
  since: number;
  wants: readonly Want[];
}

/** What whoever asked for a hold is told. */
export type HoldAnswer = { state: 'waiting' | 'granted' } | { state: 'ended'; reason: string };

/** What becomes of those that wait. */
export interface Decision {
  /** In the order that they were granted. */
  granted: number[];
  /** They wait no more: refused, as `by` are in the group or in front of it, or replaced by the one that is `by`. */
  ended: { id: number; why: 'refused' | 'replaced'; group: string; by: number[] }[];
}

export function wantKey({ kind, name }: Pick<Want, 'kind' | 'name'>): string {
  return `${kind}:${name}`;
}

/** By rank, then first come. */
export function inOrder(one: Hold, other: Hold): number {
  return one.rank - other.rank || one.since - other.since || one.id - other.id;
}

/** Who has, and who waits in front for, what is wanted. */
type Taken = Map<string, number[]>;

function room(want: Want, taken: Taken): boolean {
  const limit = want.kind === 'lock' ? 1 : want.limit;
  return (taken.get(wantKey(want))?.length ?? 0) < limit;
}

function take(hold: Hold, taken: Taken): void {
  for (const want of hold.wants) {
    const key = wantKey(want);
    const ids = taken.get(key);
    if (ids === undefined) taken.set(key, [hold.id]);
    else ids.push(hold.id);
  }
}

/**
 * Nobody goes past one that waits in front and wants one of the same: what that one waits for is kept for it, so a hold
 * of many locks is not starved by holds of one.
 */
export function decide(holds: Iterable<Hold>): Decision {
  const all = [...holds];
  const decision: Decision = { granted: [], ended: [] };
  let held = all.filter(({ granted }) => granted).sort(inOrder);
  let waiting = all.filter(({ granted }) => !granted).sort(inOrder);
  for (;;) {
    const turn = oneTurn(held, waiting);
    decision.granted.push(...turn.granted.map(({ id }) => id));
    const replaced = replacements(turn.waiting);
    decision.ended.push(...turn.refused, ...replaced.values());
    if (replaced.size === 0) return decision;
    // What was kept for those that were replaced is free now.
    held = [...held, ...turn.granted];
    waiting = turn.waiting.filter((hold) => !replaced.has(hold));
  }
}

function oneTurn(held: readonly Hold[], queue: readonly Hold[]) {
  const taken: Taken = new Map();
  for (const hold of held) take(hold, taken);
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
      if (want.kind !== 'group' || want.whenFull !== 'replace') continue;
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

function isNewer(one: Hold, other: Hold): boolean {
  return one.since > other.since || (one.since === other.since && one.id > other.id);
}

/** Where one that waits stands, and what it waits for. */
export interface Line {
  /** From 1: how many wait in front of it for one of the same. */
  position: number;
  /** What it wants and cannot have now, the group first. */
  full: Want[];
  /** Ids of those that have one of `full`. */
  holders: number[];
}

export function lineOf(hold: Hold, all: readonly Hold[]): Line {
  const keys = new Set(hold.wants.map(wantKey));
  const others = all.filter(({ id, wants }) => id !== hold.id && wants.some((want) => keys.has(wantKey(want))));
  const before = others.filter((other) => !other.granted && inOrder(other, hold) < 0);
  const taken: Taken = new Map();
  for (const other of others) if (other.granted) take(other, taken);
  const holding = hold.wants.filter((want) => !room(want, taken));
  for (const other of before) take(other, taken);
  const full = holding.length > 0 ? holding : hold.wants.filter((want) => !room(want, taken));
  const wanted = new Set(full.map(wantKey));
  const holders = others.filter(({ granted, wants }) => granted && wants.some((want) => wanted.has(wantKey(want))));
  return { position: before.length + 1, full, holders: holders.map(({ id }) => id) };
}
