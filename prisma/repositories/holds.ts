import type { Pool } from 'pg';
import { type Hold, type HoldAnswer, type Want, wantKey } from '../../core/holds.ts';
import { defaultPriority } from '../../core/priority.ts';
import { transaction } from '../transaction.ts';

/** One run, or one Job of it where the path is not empty. */
export interface HoldKey {
  runId: string;
  jobPath: string;
}

export interface Asking extends HoldKey {
  workflowId: string;
  wants: readonly Want[];
  byPriority: boolean;
}

/** Released: what was asked for before was given back, and the keeper has yet to be told of that. */
type FoundHold = (HoldAnswer | { state: 'released' }) & { id: number };

export interface GivenUp {
  id: number;
  /** Else it goes on, without a lock that was taken from it. */
  isReleased: boolean;
}

interface Why {
  id: number;
  reason: string;
}

/** Whom something of a hold is to be said to: that there is something to read, or that it is to end, and why. */
export interface HoldNews {
  id: number;
  workflowId: string;
  jobPath: string;
  stop: string | null;
}

interface HoldRow {
  id: number;
  state: string;
  rank: number;
  since: Date;
  wants: Want[];
  within: number[] | null;
}

export interface HoldRepository {
  /** Asks once, and answers what came of it; whoever asks knows it then. Undefined where the run has ended. */
  ask(asking: Asking): Promise<FoundHold | undefined>;
  /** It is had no more, and stays until the keeper was told. Its id, where it was there. */
  release(key: HoldKey): Promise<number | undefined>;
  /** Releases those of runs that have ended or are gone. */
  releaseLeft(): Promise<void>;
  /** Those that gave something up of which the keeper may not have been told. */
  untold(): Promise<GivenUp[]>;
  /** The keeper was told of them; those that were released then are gone with it. */
  markTold(given: readonly GivenUp[]): Promise<void>;
  read(ids: readonly number[], after: number): Promise<Hold[]>;
  /** Answers who is to be told, also what an earlier call has written. */
  settle(decided: { granted: readonly number[]; ended: readonly Why[]; stopped: readonly Why[] }): Promise<HoldNews[]>;
  /** Settled for so long that whoever asked should have read it. */
  unheard(seconds: number): Promise<HoldNews[]>;
  /** It is in its workflow's history that it is to end. */
  markStopHeard(id: number): Promise<void>;
  any(): Promise<boolean>;
  /** `deploy #12`, with the Job where it is one's. */
  named(ids: readonly number[]): Promise<Map<number, string>>;
  /** Takes one lock from whoever has it; the id. */
  drop(lock: string): Promise<number | undefined>;
}

const news = `id, "workflowId", "jobPath", case when state = 'stopping' then reason end as stop`;
/** Nobody needs to hear of it any more but the keeper. */
const released = `state = 'released', heard = true, told = false`;

export function holdRepository(pool: Pool): HoldRepository {
  return {
    ask: async ({ runId, jobPath, workflowId, wants, byPriority }) => {
      // The first that came is the run that was started first, whenever its workflow came to ask.
      await pool.query(
        `insert into holds ("runId", "jobPath", "workflowId", wants, keys, rank, since)
         select id, $2, $3, $4, $5, case when $6 then priority else $7 end, case when $2 = '' then "queuedAt" else now() end
         from runs where id = $1 and "endedAt" is null
         on conflict ("runId", "jobPath") do nothing`,
        [runId, jobPath, workflowId, JSON.stringify(wants), wants.map(wantKey), byPriority, defaultPriority],
      );
      const { rows } = await pool.query<FoundHold>(
        `update holds set heard = state <> 'waiting' where "runId" = $1 and "jobPath" = $2
         returning id, case when state = 'stopping' then 'ended' else state end as state, reason`,
        [runId, jobPath],
      );
      return rows[0];
    },
    release: async ({ runId, jobPath }) => {
      const { rows } = await pool.query<{ id: number }>(
        `update holds set ${released} where "runId" = $1 and "jobPath" = $2 returning id`,
        [runId, jobPath],
      );
      return rows[0]?.id;
    },
    releaseLeft: async () => {
      await pool.query(
        `update holds h set ${released} where state <> 'released'
         and not exists (select from runs r where r.id = h."runId" and r."endedAt" is null)`,
      );
    },
    untold: async () => {
      const { rows } = await pool.query<GivenUp>(
        `select id, state = 'released' as "isReleased" from holds where not told order by id`,
      );
      return rows;
    },
    markTold: async (given) => {
      const ids = (isReleased: boolean) => given.filter((one) => one.isReleased === isReleased).map(({ id }) => id);
      await pool.query('delete from holds where id = any($1)', [ids(true)]);
      // What was released since is still to be told.
      await pool.query(`update holds set told = true where id = any($1) and state <> 'released'`, [ids(false)]);
    },
    read: async (ids, after) => {
      const { rows } = await pool.query<HoldRow>(
        `select id, state, rank, since, wants, (
           select array_agg(o.id order by o.id) from holds o
           where o."runId" = h."runId" and o.state in ('granted', 'stopping') and o."jobPath" <> h."jobPath"
             and (o."jobPath" = '' or starts_with(h."jobPath", o."jobPath" || '/'))
         ) as within from holds h
         where state in ('waiting', 'granted', 'stopping') and (id = any($1) or id > $2) order by id`,
        [ids, after],
      );
      return rows.map(holdOf);
    },
    settle: ({ granted, ended, stopped }) =>
      transaction(pool, async (client) => {
        await client.query(
          `update holds set state = 'granted', "settledAt" = now() where id = any($1) and state = 'waiting'`,
          [granted],
        );
        await client.query(
          `update holds h set state = 'ended', reason = e.reason, "settledAt" = now()
           from jsonb_to_recordset($1::jsonb) as e(id int, reason text) where h.id = e.id and h.state = 'waiting'`,
          [JSON.stringify(ended)],
        );
        await client.query(
          `update holds h set state = 'stopping', reason = s.reason, heard = false
           from jsonb_to_recordset($1::jsonb) as s(id int, reason text) where h.id = s.id and h.state = 'granted'`,
          [JSON.stringify(stopped)],
        );
        const { rows } = await client.query<HoldNews>(
          `select ${news} from holds where id = any($1) and state <> 'waiting' and not heard order by id`,
          [[...granted, ...[...ended, ...stopped].map(({ id }) => id)]],
        );
        return rows;
      }),
    unheard: async (seconds) => {
      const { rows } = await pool.query<HoldNews>(
        `select ${news} from holds
         where not heard and "settledAt" < now() - make_interval(secs => $1) order by id`,
        [seconds],
      );
      return rows;
    },
    markStopHeard: async (id) => {
      await pool.query(`update holds set heard = true where id = $1 and state = 'stopping'`, [id]);
    },
    any: async () => (await pool.query('select from holds limit 1')).rows.length > 0,
    named: async (ids) => {
      const { rows } = await pool.query<{ id: number; name: string }>(
        `select h.id, r.pipeline || ' #' || r.number || case when h."jobPath" = '' then '' else ' ' || h."jobPath" end as name
         from holds h join runs r on r.id = h."runId" where h.id = any($1)`,
        [ids],
      );
      return new Map(rows.map(({ id, name }) => [id, name]));
    },
    drop: async (lock) => {
      const { rows } = await pool.query<{ id: number }>(
        `update holds set told = false, keys = array_remove(keys, $1),
           wants = (select coalesce(jsonb_agg(w), '[]') from jsonb_array_elements(wants) w
                    where not (w->>'kind' = 'lock' and w->>'name' = $2))
         where state in ('granted', 'stopping') and $1 = any(keys) returning id`,
        [wantKey({ kind: 'lock', name: lock }), lock],
      );
      return rows[0]?.id;
    },
  };
}

function holdOf({ id, state, rank, since, wants, within }: HoldRow): Hold {
  return {
    id,
    granted: state !== 'waiting',
    rank,
    since: since.getTime(),
    wants,
    ...(state === 'stopping' ? { stopping: true } : {}),
    ...(within === null ? {} : { within }),
  };
}
