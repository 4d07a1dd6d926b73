import { expect, test } from 'vitest';
import { createLookout } from './lookout.ts';

test('another side that does not answer does not hold a heartbeat up', async () => {
  const found = createLookout(() => new Promise(() => undefined)).found();
  expect(await found).toEqual({ own: [], strange: [] });
}, 8_000);
