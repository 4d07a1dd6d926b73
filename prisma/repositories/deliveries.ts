import type { Pool } from 'pg';
import type { JsonObject } from '../../core/json.ts';
import { isUuid } from '../uuid7.ts';

export interface DeliveryRow {
  id: string;
  trigger: string;
  source: string;
  event: string;
  facts: JsonObject;
  sentBy: string;
  resendOf: string | null;
  state: 'pending' | 'recorded' | 'dropped';
  reason: string | null;
  receivedAt: Date;
  decidedAt: Date | null;
  /** In the order of the Trigger's `runs`. */
  runs: { pipeline: string; runId: string | null; reason: string | null }[];
}

interface DeliveryFilter {
  trigger?: string | undefined;
  state?: string | undefined;
  /** Any when absent. */
  sources?: readonly string[] | undefined;
  before?: string | undefined;
  limit: number;
}

export interface DeliveryRepository {
  /** Newest first. */
  list(filter: DeliveryFilter): Promise<DeliveryRow[]>;
  get(id: string): Promise<(DeliveryRow & { headers: JsonObject; payload: string }) | undefined>;
}

const columns = `d.id, d.trigger, d.source, d.event, d.facts, d."sentBy", d."resendOf", d.state, d.reason, d."receivedAt", d."decidedAt",
  coalesce((select json_agg(json_build_object('pipeline', r.pipeline, 'runId', r."runId", 'reason', r.reason) order by r.position)
    from delivery_runs r where r."deliveryId" = d.id), '[]') as runs`;

const filter =
  '($1::text is null or trigger = $1) and ($2::text is null or state = $2) and ($3::uuid is null or id < $3)';
/** From each source its newest: so nobody reads past all the ticks of schedules. */
const ofSources = `d.id in (select newest.id from unnest($5::text[]) as wanted(source) cross join lateral (
  select id from deliveries where source = wanted.source and ${filter} order by id desc limit $4) newest)`;

export function deliveryRepository(pool: Pool): DeliveryRepository {
  return {
    list: async ({ trigger, state, sources, before, limit }) => {
      const { rows } = await pool.query<DeliveryRow>(
        `select ${columns} from deliveries d where ${sources === undefined ? filter : ofSources} order by d.id desc limit $4`,
        [trigger ?? null, state ?? null, before ?? null, limit, ...(sources === undefined ? [] : [sources])],
      );
      return rows;
    },
    get: async (id) => {
      if (!isUuid(id)) return undefined;
      const { rows } = await pool.query<DeliveryRow & { headers: JsonObject; payload: string }>(
        `select ${columns}, d.headers, d.payload from deliveries d where d.id = $1`,
        [id],
      );
      return rows[0];
    },
  };
}
