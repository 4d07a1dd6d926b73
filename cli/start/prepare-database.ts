import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { projectRoot } from '../build/build.ts';
import { CommandFailure } from '../failure.ts';
import { compileCache } from './node-part.ts';

export interface Prepared {
  /** Secret of the one-time sign-in link. */
  link: string;
}

/** Migrates the database and sees to the tokens, in a process of its own so that this one stays small. */
export async function prepareDatabase(options: {
  databaseUrl: string;
  adminToken: string;
  workerToken: string;
}): Promise<Prepared> {
  const child = spawn(process.execPath, [...compileCache, join(projectRoot, 'workers/prepare.ts')], {
    env: {
      ...process.env,
      DATABASE_URL: options.databaseUrl,
      PALVELLA_TOKEN: options.adminToken,
      PALVELLA_WORKER_TOKEN: options.workerToken,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [output, errors, status] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise((done) => child.once('close', done)),
  ]);
  if (status === 0) return JSON.parse(output) as Prepared;
  throw new CommandFailure(2, `The database could not be prepared: ${errors.trim().split('\n').at(-1)}`);
}
