import { execFile } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ScheduleDetail } from '../../core/api/schedules.ts';
import { atEnd, testDatabase } from '../support/database.ts';
import { temporalEnvironment } from '../support/temporal.ts';
import { type StartedPalvella, startPalvella } from './palvella.ts';

const run = promisify(execFile);

/** A started Palvella, and what the tests of schedules ask of it. */
export interface ScheduleSetting {
  server: StartedPalvella;
  apply(content: string): Promise<void>;
  call<Answer>(method: string, path: string, body?: unknown): Promise<Answer>;
  schedule(name: string): Promise<ScheduleDetail>;
  /** Temporal's own command line. */
  temporal(...args: string[]): Promise<string>;
  /** Says something to the database behind everybody's back. */
  sql(text: string): Promise<{ rowCount: number | null }>;
  /** The runs of a Pipeline, oldest first. */
  runs(
    pipeline: string,
  ): Promise<{ number: number; status: string; startedBy: string; startedAt: string | null; endedAt: string | null }[]>;
}

/** Call it in `beforeAll`. */
export async function startScheduleSetting(): Promise<ScheduleSetting> {
  const db = await testDatabase();
  const server = await startPalvella({ env: { DATABASE_URL: db.url } });
  atEnd(async () => {
    await server.stop();
    rmSync(server.dataDir, { recursive: true, force: true });
  });
  const connection = JSON.parse(readFileSync(join(server.dataDir, 'connection.json'), 'utf8')) as {
    url: string;
    token: string;
    temporal: string;
  };
  const call = async <Answer>(method: string, path: string, body?: unknown) => {
    const response = await fetch(`${connection.url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${connection.token}`, 'content-type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as Answer;
  };
  return {
    server,
    call,
    apply: async (content) => {
      const file = join(server.dataDir, 'test.yaml');
      writeFileSync(file, content);
      const { status, stderr } = await server.cli('apply', '-f', file);
      if (status !== 0) throw new Error(stderr);
    },
    sql: (text) => db.pool.query(text),
    schedule: (name) => call<ScheduleDetail>('GET', `/schedules/${name}`),
    temporal: async (...args) => {
      const { stdout } = await run('temporal', [...args, '--address', connection.temporal], {
        env: temporalEnvironment,
      });
      return stdout;
    },
    runs: async (pipeline) => {
      const { items } = await call<{ items: Awaited<ReturnType<ScheduleSetting['runs']>> }>(
        'GET',
        `/runs?pipeline=${pipeline}&limit=200`,
      );
      return items.reverse();
    },
  };
}

export function trigger(name: string, schedule: string, pipeline: string, args = '{}'): string {
  return `---\nkind: Trigger\nname: ${name}\nschedule: ${schedule}\nruns: [{ pipeline: ${pipeline}, args: ${args} }]\n`;
}

export function pipeline(name: string, command: string): string {
  return `---\nkind: Pipeline\nname: ${name}\njobs: [{ name: job, actions: [{ run: '${command}' }] }]\n`;
}
