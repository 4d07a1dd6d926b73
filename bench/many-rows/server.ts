import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createTokens } from '../../platform/access/index.ts';
import { openDatabase } from '../../prisma/database.ts';
import { migrate } from '../../prisma/migrate.ts';
import { fillDatabase } from '../../test/support/many-rows/index.ts';
import { freePort, startPostgres } from '../../test/support/postgres.ts';

/** The web process alone, on a database that months of use have filled: nothing here is executed. */
export interface FilledServer {
  url: string;
  token: string;
  stop(): Promise<void>;
}

export async function startFilled(many: { runs: number; pipelines: number }): Promise<FilledServer> {
  const token = 'plv_bench'.padEnd(32, 'x');
  const postgres = await startPostgres();
  const db = openDatabase(postgres.url);
  await migrate(db.pool);
  await createTokens(db).ensure({ secret: token, name: 'local/admin', kind: 'token' });
  await fillDatabase(db, many);
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
      TEMPORAL_ADDRESS: `127.0.0.1:${await freePort()}`,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: web.stdout })) if (line.startsWith('{"ready":true')) break;
  web.stdout.resume();
  return {
    url,
    token,
    stop: async () => {
      web.kill('SIGTERM');
      await once(web, 'exit');
      await postgres.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
