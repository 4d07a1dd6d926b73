/**
 * Who may have what only so many may have at once: locks, and places in concurrency groups. Pure: the order is decided
 * from what was asked alone, by the workflow that keeps it and by whoever shows a line.
 */

export type WhenFull = 'queue' | 'replace' | 'cancel' | 'refuse';

export type Want =
  | { kind: 'lock'; name: string }
  /** `limit`: how many may be in the group while this one is. */
  | { kind: 'group'; name: string; limit: number; whenFull: WhenFull };

/** All that one run, or one Job of it, asks for. It gets all at once or nothing. */
export interface Hold {
  id: number;
  granted: boolean;
  /** It was asked to end, as one that is newer takes its place: it has what it has until it has ended. */
  stopping?: true;
  /** 1 goes before 5. */
  rank: number;
  /** Milliseconds since 1970: when it was asked for. */
  since: number;
  wants: readonly Want[];
  /** Ids of the holds of its run, and of the Jobs that it is in: they are kept until it has ended. */
  within?: readonly number[];
}

/** What whoever asked for a hold is told. `id` is absent in histories of old. */
export type HoldAnswer = { id?: number } & ({ state: 'waiting' | 'granted' } | { state: 'ended'; reason: string });

export function wantKey({ kind, name }: Pick<Want, 'kind' | 'name'>): string {
  return `${kind}:${name}`;
}

/** By rank, then first come. */
export function inOrder(one: Hold, other: Hold): number {
  return one.rank - other.rank || one.since - other.since || one.id - other.id;
}

/** Who has, and who waits in front for, what is wanted. */
export type Taken = Map<string, number[]>;

export function room(want: Want, taken: Taken): boolean {
  const limit = want.kind === 'lock' ? 1 : want.limit;
  return (taken.get(wantKey(want))?.length ?? 0) < limit;
}

export function take(hold: Hold, taken: Taken): void {
  for (const want of hold.wants) {
    const key = wantKey(want);
    const ids = taken.get(key);
    if (ids === undefined) taken.set(key, [hold.id]);
    else ids.push(hold.id);
  }
}

export function takenBy(holds: readonly Hold[]): Taken {
  const taken: Taken = new Map();
  for (const hold of holds) take(hold, taken);
  return taken;
}

/** Whether it was asked for later, whatever its rank. */
export function isNewer(one: Hold, other: Hold): boolean {
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
  const taken = takenBy(others.filter(({ granted }) => granted));
  const holding = hold.wants.filter((want) => !room(want, taken));
  for (const other of before) take(other, taken);
  const full = holding.length > 0 ? holding : hold.wants.filter((want) => !room(want, taken));
  const wanted = new Set(full.map(wantKey));
  const holders = others.filter(({ granted, wants }) => granted && wants.some((want) => wanted.has(wantKey(want))));
  return { position: before.length + 1, full, holders: holders.map(({ id }) => id) };
}
