import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { loadPlugins } from './plugins.ts';

const stateFolder = mkdtempSync(join(tmpdir(), 'palvella-plugins-'));
afterAll(() => rmSync(stateFolder, { recursive: true, force: true }));
const load = (...wanted: string[]) => loadPlugins({ stateFolder, workerId: 'w' }, wanted);

test('a Worker serves the Engines that it is told to, and always Actions that need none', async () => {
  const plugins = await load('local', 'local');
  expect(plugins.found.map(({ type }) => type)).toEqual(['local', 'native']);
  await expect((await load('native')).engine('local')).rejects.toMatchObject({ code: 'engine_refused' });
});

test('an Engine that there is none of is refused with the nearest that there is', async () => {
  await expect(load('locl')).rejects.toMatchObject({
    code: 'invalid_request',
    message: expect.stringContaining('local') as unknown,
  });
});
