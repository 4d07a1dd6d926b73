import { Client, Connection } from '@temporalio/client';
import { expect, test } from 'vitest';
import { createSchedules } from '../../platform/schedules/index.ts';
import { freePort, testDatabase } from '../support/database.ts';

test('who saves many schedules while Temporal is away waits for one of them, and no fault of the database is theirs', async () => {
  const db = await testDatabase();
  const connection = Connection.lazy({ address: `127.0.0.1:${await freePort()}` });
  const warned: string[] = [];
  const { sync } = createSchedules({
    pool: db.pool,
    client: new Client({ connection }),
    summaries: () => Promise.resolve([]),
    warn: (message) => warned.push(message),
  });
  const told = 'Temporal was not told of the schedule a, the schedule b, the schedule c yet';
  await sync(['a', 'b', 'c']);
  expect(warned).toEqual([told]);
  await db.pool.query('alter table definitions rename to away');
  await sync(['a', 'b', 'c']);
  expect(warned).toEqual([told, told]);
  await connection.close();
});
