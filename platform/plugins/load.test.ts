import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { builtInCatalogue } from '../../core/language/index.ts';
import { withActions } from './catalogue.ts';
import { loadActionPlugins } from './load.ts';

const greet = join(import.meta.dirname, '../../test/support/plugins/greet.ts');
const folder = mkdtempSync(join(tmpdir(), 'palvella-plugins-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('an Action of a module stands beside the built-in ones', async () => {
  const plugins = await loadActionPlugins(` ${greet} ,`);
  const { actions } = withActions(builtInCatalogue, plugins);
  expect([actions.get('greet')?.title, actions.get('run')?.title]).toEqual(['Greet somebody', 'Run a command']);
  expect(await loadActionPlugins('')).toEqual([]);
});

test('two Actions of one id are refused', async () => {
  const plugins = await loadActionPlugins(`${greet},${greet}`);
  expect(() => withActions(builtInCatalogue, plugins)).toThrow(/Two Actions are called greet/);
});

test.each([
  ['that is not there', undefined, /cannot be used/],
  ['that gives nothing', 'export const other = 1;', /plugin/],
  [
    'whose id cannot be written',
    'export const plugin = { manifest: { category: "action", id: "A b" } };',
    /an id holds/,
  ],
])('a module %s is refused, with the reason', async (_, code, reason) => {
  const path = join(folder, `${code === undefined ? 'none' : code.length}.mjs`);
  if (code !== undefined) writeFileSync(path, code);
  await expect(loadActionPlugins(path)).rejects.toMatchObject({
    code: 'invalid_request',
    message: expect.stringMatching(reason) as unknown,
  });
});
