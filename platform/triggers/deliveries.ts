import type { Pool } from 'pg';
import type { Delivery, DeliveryDetail } from '../../core/api/triggers.ts';
import { PalvellaError } from '../../core/errors.ts';
import { type DeliveryRow, deliveryRepository } from '../../prisma/repositories/deliveries.ts';
import { readIdCursor } from '../cursor.ts';
import type { Runs } from '../runs/index.ts';

/** What was received, and what became of it. */
export interface Deliveries {
  /** Newest first; `cursor` is what `next` was. */
  list(filter: {
    trigger?: string | undefined;
    state?: string | undefined;
    sources?: readonly string[] | undefined;
    cursor?: string | undefined;
    limit: number;
  }): Promise<{ items: Delivery[]; next: string | null }>;
  get(id: string): Promise<DeliveryDetail>;
}

export function createDeliveries({ pool, runs }: { pool: Pool; runs: Pick<Runs, 'summaries'> }): Deliveries {
  const deliveries = deliveryRepository(pool);

  async function withRuns<Row extends DeliveryRow>(rows: readonly Row[]) {
    const ids = rows.flatMap((row) => row.runs.flatMap(({ runId }) => runId ?? []));
    const known = new Map((await runs.summaries(ids)).map((run) => [run.id, run]));
    return rows.map((row) => ({
      ...row,
      receivedAt: row.receivedAt.toISOString(),
      decidedAt: row.decidedAt?.toISOString() ?? null,
      runs: row.runs.map(({ pipeline, runId, reason }) => ({ pipeline, run: known.get(runId ?? '') ?? null, reason })),
    }));
  }

  return {
    list: async ({ cursor, limit, ...filter }) => {
      const before = readIdCursor(cursor);
      const rows = await deliveries.list({ ...filter, before, limit: limit + 1 });
      const shown = rows.slice(0, limit);
      return { items: await withRuns(shown), next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null };
    },
    get: async (id) => {
      const row = await deliveries.get(id);
      if (row === undefined) throw new PalvellaError('not_found', `There is no delivery ${id}.`);
      return (await withRuns([row]))[0] as DeliveryDetail;
    },
  };
}
