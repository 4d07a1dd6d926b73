import { administrator, createAccess } from '../platform/access/index.ts';
import { openDatabase } from '../prisma/database.ts';
import { databaseFault } from '../prisma/fault.ts';
import { migrate } from '../prisma/migrate.ts';

/** Migrates the database, sees to the tokens of `palvella start`, and prints the secret of a sign-in link. */
async function prepare(environment: NodeJS.ProcessEnv): Promise<{ link: string }> {
  const db = openDatabase(required(environment, 'DATABASE_URL'));
  try {
    await migrate(db.pool);
    const { tokens, sessions } = createAccess(db);
    await tokens.ensure({ secret: required(environment, 'PALVELLA_TOKEN'), name: administrator, kind: 'token' });
    await tokens.ensure({ secret: required(environment, 'PALVELLA_WORKER_TOKEN'), name: 'local', kind: 'worker' });
    return { link: await sessions.createLink() };
  } finally {
    await db.close();
  }
}

function required(environment: NodeJS.ProcessEnv, name: string): string {
  const value = environment[name];
  if (value === undefined || value === '') throw new Error(`${name} is not set.`);
  return value;
}

try {
  process.stdout.write(`${JSON.stringify(await prepare(process.env))}\n`);
} catch (error) {
  // Its last line is what whoever starts us shows, so all is on one.
  const { message, remedy } = (databaseFault(error) ?? error) as Error & { remedy?: string };
  const text = remedy === undefined ? message : `${message} ${remedy}`;
  process.stderr.write(`${text.replaceAll(/\s+/g, ' ')}\n`);
  process.exitCode = 1;
}
