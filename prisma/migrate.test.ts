import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { emptyDatabase, type TestDatabase, testDatabase } from '../test/support/database.ts';
import { Prisma } from './client/client.ts';
import { type Database, openDatabase } from './database.ts';
import { migrate } from './migrate.ts';

let db: TestDatabase;
const folders: string[] = [];
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

async function migrations(files: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'palvella-migrations-'));
  folders.push(folder);
  for (const [name, sql] of Object.entries(files)) {
    await mkdir(join(folder, name));
    await writeFile(join(folder, name, 'migration.sql'), sql);
  }
  return folder;
}

async function migrationNames(): Promise<string[]> {
  const entries = await readdir(join(import.meta.dirname, 'migrations'), { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

async function inEmptyDatabase(use: (database: Database) => Promise<void>): Promise<void> {
  const database = openDatabase(await emptyDatabase(db.url));
  try {
    await use(database);
  } finally {
    await database.close();
  }
}

describe('the migrated schema', () => {
  test.each(Object.values(Prisma.ModelName))('has every column of %s', async (model) => {
    const name = `${model.charAt(0).toLowerCase()}${model.slice(1)}` as 'run';
    expect(await db.prisma[name].findMany()).toEqual([]);
  });
});

describe('migrate', () => {
  test('applies what is missing, in order, once', async () => {
    await inEmptyDatabase(async ({ pool }) => {
      const first = await migrations({ '0001_a': 'create table a (x int)' });
      expect(await migrate(pool, first)).toEqual(['0001_a']);
      const both = await migrations({ '0001_a': 'create table a (x int)', '0002_b': 'alter table a add y int' });
      expect(await migrate(pool, both)).toEqual(['0002_b']);
      expect(await migrate(pool, both)).toEqual([]);
    });
  });

  test('is done once where several processes do it together', async () => {
    await inEmptyDatabase(async ({ pool }) => {
      const done = await Promise.all([migrate(pool), migrate(pool), migrate(pool)]);
      expect(done.flat()).toEqual(await migrationNames());
    });
  });

  test('a change that fails leaves nothing of itself', async () => {
    await inEmptyDatabase(async ({ pool }) => {
      const folder = await migrations({ '0001_a': 'create table a (x int); create table a (x int)' });
      await expect(migrate(pool, folder)).rejects.toThrow(/0001_a could not be made/);
      await expect(pool.query('select * from a')).rejects.toThrow(/does not exist/);
    });
  });

  test('a database of a newer version, or one changed by hand, is refused with what to do', async () => {
    await inEmptyDatabase(async ({ pool }) => {
      const newer = await migrations({ '0001_a': 'select 1', '0002_b': 'select 2' });
      await migrate(pool, newer);
      const older = await migrations({ '0001_a': 'select 1' });
      await expect(migrate(pool, older)).rejects.toMatchObject({
        message: expect.stringContaining('newer version'),
        remedy: expect.stringContaining('Start that version again'),
      });
      const other = await migrations({ '0001_a': 'select 3', '0002_b': 'select 2' });
      await expect(migrate(pool, other)).rejects.toMatchObject({ code: 'conflict', remedy: expect.any(String) });
    });
  });
});
