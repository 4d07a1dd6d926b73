import type { Pool } from 'pg';
import type { RelatedRun, Relatives } from '../../core/api/forks.ts';

/** Generations, and children of one run. */
const most = 100;

const columns = `r.pipeline || '/' || r.number as run, r.pipeline, r.number, r.status, r.version, r."startedBy", r."queuedAt",
  case when r."forkOfId" is not null then 'fork' when r."retryOfId" is not null then 'retry' end as by, r."forkFrom"`;

type Row = Omit<RelatedRun, 'queuedAt'> & { queuedAt: Date };

/** The run itself is the last of its ancestors. */
export async function readRelatives(pool: Pool, id: string): Promise<Relatives> {
  const [ancestors, children] = await Promise.all([
    pool.query<Row>(
      `with recursive line as (
         select id, 0 as depth, coalesce("forkOfId", "retryOfId") as parent from runs where id = $1
         union all
         select p.id, line.depth + 1, coalesce(p."forkOfId", p."retryOfId") from line join runs p on p.id = line.parent
         where line.depth < $2
       )
       select ${columns} from line join runs r on r.id = line.id order by line.depth desc`,
      [id, most],
    ),
    pool.query<Row>(
      `select ${columns} from runs r where r."forkOfId" = $1 or r."retryOfId" = $1 order by r."queuedAt" desc, r.id desc limit $2`,
      [id, most],
    ),
  ]);
  return { ancestors: ancestors.rows.map(related), children: children.rows.map(related) };
}

function related({ queuedAt, ...row }: Row): RelatedRun {
  return { ...row, queuedAt: queuedAt.toISOString() };
}
