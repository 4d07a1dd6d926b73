import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { defineSearchAttributeKey, SearchAttributeType, TypedSearchAttributes } from '@temporalio/common';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { endLeftovers, type ProcessList } from '../../cli/start/leftovers.ts';
import type { Place } from '../../cli/start/place.ts';
import { database, temporal } from '../../cli/start/services.ts';
import { type Part, type Supervised, supervise } from '../../cli/start/supervisor.ts';

let dataDir: string;
let processes: ProcessList;
let running: Supervised[] = [];
const said: string[] = [];
const say = (text: string) => void said.push(text);
const nothingSet = { PATH: process.env['PATH'], HOME: process.env['HOME'] };

beforeEach(async () => {
  // Closed to others, as the data directory of `palvella start` is.
  dataDir = mkdtempSync(join(tmpdir(), 'palvella-services-'));
  processes = await endLeftovers(dataDir, say);
});
afterEach(async () => {
  await stop();
  rmSync(dataDir, { recursive: true });
  said.length = 0;
});

function place(): Place {
  return { dataDir, processes, log: { say, from: (part) => (line) => say(`${part}: ${line}`) } };
}

async function start(parts: readonly Promise<Part>[]): Promise<void> {
  const started = await Promise.all(parts.map(async (part) => await supervise(await part, say)));
  running.push(...started);
}

async function stop(): Promise<void> {
  await Promise.all(running.map((one) => one.stop()));
  running = [];
}

function pid(part: string): number {
  const list = JSON.parse(readFileSync(join(dataDir, 'processes.json'), 'utf8')) as { part: string; pid: number }[];
  return list.find((one) => one.part === part)?.pid ?? 0;
}

describe('PostgreSQL', () => {
  async function query<Row>(url: string, text: string): Promise<Row[]> {
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => {});
    await client.connect();
    try {
      return (await client.query(text)).rows as Row[];
    } finally {
      await client.end();
    }
  }
  const rows = (url: string) => query(url, 'select n from kept order by n');

  test('keeps what it acknowledged over kill -9 and over a second start, at the same address', async () => {
    const first = await database(place(), nothingSet);
    await start(first.parts);
    await query(first.url, 'create table kept (n int); insert into kept values (1)');
    const before = pid('postgres');
    process.kill(before, 'SIGKILL');
    await expect.poll(() => rows(first.url).catch(() => undefined), { timeout: 20_000 }).toEqual([{ n: 1 }]);
    expect(pid('postgres')).not.toBe(before);
    await query(first.url, 'insert into kept values (2)');
    await stop();

    const second = await database(place(), nothingSet);
    expect(second.url).toBe(first.url);
    await start(second.parts);
    expect(await rows(second.url)).toEqual([{ n: 1 }, { n: 2 }]);
  });

  test('is small, durable, and lets nobody in without its password', async () => {
    const { url, parts } = await database(place(), nothingSet);
    await start(parts);
    const shown = await query<{ name: string; setting: string }>(
      url,
      `select name, setting from pg_settings where name in ('fsync', 'synchronous_commit', 'full_page_writes', 'listen_addresses', 'max_connections')`,
    );
    expect(Object.fromEntries(shown.map(({ name, setting }) => [name, setting]))).toEqual({
      fsync: 'on',
      full_page_writes: 'on',
      listen_addresses: '127.0.0.1',
      max_connections: '50',
      synchronous_commit: 'on',
    });
    await expect(query(url.replace(/:[^:@]+@/, ':wrong@'), 'select 1')).rejects.toThrow('password');
  });

  test('a number left by a killed server, which another process has by now, is not in its way', async () => {
    const first = await database(place(), nothingSet);
    await start(first.parts);
    await stop();
    // Of the server's own user, as it takes a process of another user for none of its kind.
    const { uid, gid } = statSync(join(dataDir, 'postgres'));
    const other = spawn('sleep', ['60'], { uid, gid, cwd: '/' });
    writeFileSync(join(dataDir, 'postgres/postmaster.pid'), `${other.pid}\n${join(dataDir, 'postgres')}\n1\n`);
    try {
      const second = await database(place(), nothingSet);
      await start(second.parts);
      expect(await query(second.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    } finally {
      other.kill();
    }
  });

  test('a folder of another version: one line and what to do', async () => {
    mkdirSync(join(dataDir, 'postgres'));
    writeFileSync(join(dataDir, 'postgres/PG_VERSION'), '13\n');
    await expect(database(place(), nothingSet)).rejects.toMatchObject({
      exitStatus: 2,
      message: expect.stringMatching(/is of PostgreSQL 13, and this Palvella brings \d+\..*--data-dir\.$/),
    });
  });

  test('one of yours takes its place', async () => {
    const url = 'postgresql://elsewhere/x';
    expect(await database(place(), { DATABASE_URL: url })).toEqual({ url, parts: [] });
  });
});

describe('Temporal', () => {
  const pipeline = defineSearchAttributeKey('PalvellaPipeline', SearchAttributeType.KEYWORD);
  const number = defineSearchAttributeKey('PalvellaNumber', SearchAttributeType.INT);

  async function withClient<Result>(address: string, act: (client: Client) => Promise<Result>): Promise<Result> {
    const connection = await Connection.connect({ address });
    try {
      return await act(new Client({ connection, namespace: 'house' }));
    } finally {
      await connection.close();
    }
  }
  const status = (address: string) =>
    withClient(address, async (client) => (await client.workflow.getHandle('kept/1').describe()).status.name);

  test('keeps its runs over kill -9 and over a second start, at the same address', async () => {
    const env = { ...nothingSet, TEMPORAL_NAMESPACE: 'house' };
    const first = await temporal(place(), env);
    await start(first.parts);
    await withClient(first.address, (client) =>
      client.workflow.start('any', {
        workflowId: 'kept/1',
        taskQueue: 'nobody',
        typedSearchAttributes: new TypedSearchAttributes([
          { key: pipeline, value: 'kept' },
          { key: number, value: 1 },
        ]),
      }),
    );
    const before = pid('temporal');
    process.kill(before, 'SIGKILL');
    await expect
      .poll(() => status(first.address).catch(() => undefined), { timeout: 20_000, interval: 200 })
      .toBe('RUNNING');
    expect(pid('temporal')).not.toBe(before);
    await stop();

    const second = await temporal(place(), env);
    expect(second.address).toBe(first.address);
    await start(second.parts);
    expect(await status(second.address)).toBe('RUNNING');
  });

  test('one of yours takes its place', async () => {
    const address = 'temporal.example:7233';
    expect(await temporal(place(), { TEMPORAL_ADDRESS: address })).toEqual({ address, parts: [] });
  });
});
