import { administrator, createSessions, createTokens } from '../platform/access/index.ts';
import { openDatabase } from '../prisma/database.ts';
import { databaseFault } from '../prisma/fault.ts';
import { migrate } from '../prisma/migrate.ts';

/** A shorter secret could be guessed, as tokens are kept as plain digests. */
const shortestToken = 32;

/** Migrates the database, sees to the tokens of whoever starts the parts, and prints the secret of a sign-in link. */
async function prepare(environment: NodeJS.ProcessEnv): Promise<{ link: string }> {
  const administrators = token(environment, 'PALVELLA_TOKEN');
  const workers = token(environment, 'PALVELLA_WORKER_TOKEN');
  if (workers === administrators) {
    throw new Error(
      'PALVELLA_WORKER_TOKEN is the same as PALVELLA_TOKEN, so a Worker could do everything. Give another.',
    );
  }
  const db = openDatabase(required(environment, 'DATABASE_URL'));
  try {
    await migrate(db.pool);
    const [tokens, sessions] = [createTokens(db), createSessions(db)];
    await tokens.ensure({ secret: administrators, name: administrator, kind: 'token' });
    await tokens.ensure({ secret: workers, name: 'local', kind: 'worker' });
    return { link: await sessions.createLink() };
  } finally {
    await db.close();
  }
}

function token(environment: NodeJS.ProcessEnv, name: string): string {
  const value = required(environment, name);
  if (value.length >= shortestToken) return value;
  throw new Error(
    `${name} is too short. Give ${shortestToken} random characters or more, as openssl rand -hex 32 does.`,
  );
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
