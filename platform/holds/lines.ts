import type { Pool } from 'pg';
import type { HoldInfo } from '../../core/api/holds.ts';
import { inOrder, lineOf, type Want, wantKey } from '../../core/holds.ts';
import type { Wait, WaitHolder } from '../../core/run-state.ts';
import { type HoldLine, holdLines } from '../../prisma/repositories/hold-lines.ts';

/** What people read of locks and groups: the rows of that moment, put into the order in which they get their turn. */
export interface HoldLines {
  /** What each of these runs, and of their Jobs, waits for now, by run and path of the Job: `id path`. */
  waits(runIds: readonly string[]): Promise<Map<string, Wait>>;
  list(): Promise<HoldInfo[]>;
}

/** Of each lock and group, as many that wait are shown. */
const mostShown = 50;

export function createHoldLines({ pool }: { pool: Pool }): HoldLines {
  const lines = holdLines(pool);
  return {
    waits: async (runIds) => {
      const waiting = await lines.waiting(runIds);
      if (waiting.length === 0) return new Map();
      const all = await lines.sharing([...new Set(waiting.flatMap(({ wants }) => wants.map(wantKey)))]);
      const byId = new Map(all.map((line) => [line.id, line]));
      return new Map(waiting.map((line) => [`${line.runId} ${line.job ?? ''}`, waitOf(line, all, byId)]));
    },
    list: async () => {
      const all = (await lines.sharing(null)).toSorted(inOrder);
      const byKey = new Map<string, { want: Want; lines: HoldLine[] }>();
      for (const line of all) {
        for (const want of line.wants) {
          const found = byKey.get(wantKey(want)) ?? { want, lines: [] };
          byKey.set(wantKey(want), found);
          found.lines.push(line);
        }
      }
      return [...byKey.keys()].sort().map((key) => infoOf(byKey.get(key) as { want: Want; lines: HoldLine[] }));
    },
  };
}

function waitOf(line: HoldLine, all: readonly HoldLine[], byId: ReadonlyMap<number, HoldLine>): Wait {
  const { position, full, holders } = lineOf(line, all);
  const by = holders.flatMap((id) => {
    const holder = byId.get(id);
    return holder === undefined ? [] : [holderOf(holder)];
  });
  // One whose turn it is waits for what it asked for until it has heard.
  const [first] = full.length === 0 ? line.wants : full;
  if (first?.kind === 'group') {
    return { kind: 'group', group: first.name, limit: first.limit, position, holders: by };
  }
  return {
    kind: 'lock',
    names: full.filter(({ kind }) => kind === 'lock').map(({ name }) => name),
    position,
    holders: by,
  };
}

function infoOf({ want, lines }: { want: Want; lines: readonly HoldLine[] }): HoldInfo {
  const { kind, name } = want;
  const waiting = lines.filter(({ granted }) => !granted);
  const limits = lines.flatMap(({ wants }) =>
    wants.map((one) => (one.kind === 'group' && one.name === name ? one.limit : 1)),
  );
  return {
    kind,
    name,
    limit: kind === 'lock' ? 1 : Math.max(...limits),
    holders: lines.filter(({ granted }) => granted).map(holderOf),
    waiting: waiting.slice(0, mostShown).map((line, index) => ({ ...holderOf(line), position: index + 1 })),
    waitingCount: waiting.length,
  };
}

function holderOf({ pipeline, number, job, granted, stopping, grantedAt, since }: HoldLine): WaitHolder {
  const at = granted ? grantedAt : new Date(since);
  return { pipeline, number, job, since: at.toISOString(), ...(stopping ? { stopping } : {}) };
}
