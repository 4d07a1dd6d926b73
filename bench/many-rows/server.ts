import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createTokens } from '../../platform/access/index.ts';
import { createScheduleSync } from '../../platform/schedules/index.ts';
import { openTemporal } from '../../platform/temporal/client.ts';
import { type Database, openDatabase } from '../../prisma/database.ts';
import { migrate } from '../../prisma/migrate.ts';
import { fillDatabase, type Many } from '../../test/support/many-rows/index.ts';
import { freePort, startPostgres } from '../../test/support/postgres.ts';
import { startTemporal } from '../../test/support/temporal.ts';

/**
 * The web process alone, on a database that months of use have filled, and a Temporal that has its schedules: nothing
 * here is executed.
 */
export interface FilledServer {
  url: string;
  token: string;
  busiest: Busiest;
  stop(): Promise<void>;
}

/** What has the most to show of its kind. */
interface Busiest {
  trigger: string;
  schedule: string;
  /** The newest one that started a run, with its commit. */
  delivery: string;
  sha: string;
}

export async function startFilled(many: Many): Promise<FilledServer> {
  const token = 'plv_bench'.padEnd(32, 'x');
  const postgres = await startPostgres();
  const db = openDatabase(postgres.url);
  await migrate(db.pool);
  await createTokens(db).ensure({ secret: token, name: 'local/admin', kind: 'token' });
  await fillDatabase(db, many);
  const busiest = await busiestOf(db);
  const temporalAddress = `127.0.0.1:${await freePort()}`;
  const temporal = await startTemporal(temporalAddress);
  await tellSchedules(db, temporalAddress);
  await db.close();
  const dataDir = mkdtempSync(join(tmpdir(), 'palvella-bench-filled-'));
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const web = spawn(process.execPath, [join(import.meta.dirname, '../../web/server/main.ts')], {
    env: {
      ...process.env,
      NODE_ENV: 'production',
      DATABASE_URL: postgres.url,
      PALVELLA_PORT: String(port),
      PALVELLA_URL: url,
      PALVELLA_DATA_DIR: dataDir,
      PALVELLA_LOG_LEVEL: 'error',
      TEMPORAL_ADDRESS: temporalAddress,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: web.stdout })) if (line.startsWith('{"ready":true')) break;
  web.stdout.resume();
  return {
    url,
    token,
    busiest,
    stop: async () => {
      web.kill('SIGTERM');
      await once(web, 'exit');
      await temporal.stop();
      await postgres.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function busiestOf({ pool }: Database): Promise<Busiest> {
  const most = async (where: string) => {
    const { rows } = await pool.query<{ trigger: string }>(
      `select trigger from deliveries where ${where} group by trigger order by count(*) desc limit 1`,
    );
    return rows[0]?.trigger ?? '';
  };
  const { rows } = await pool.query<{ id: string; sha: string }>(
    `select d.id, d.facts->>'sha' as sha from deliveries d join delivery_runs r on r."deliveryId" = d.id
     where d.source <> 'schedule' and r."runId" is not null order by d.id desc limit 1`,
  );
  return {
    trigger: await most("source <> 'schedule'"),
    schedule: await most("source = 'schedule'"),
    delivery: rows[0]?.id ?? '',
    sha: rows[0]?.sha ?? '',
  };
}

async function tellSchedules({ pool }: Database, address: string): Promise<void> {
  const { client, close } = openTemporal({ address, namespace: 'default' });
  await createScheduleSync({ pool, client }).all((message, cause) => {
    throw new Error(message, { cause });
  });
  await close();
}
