import { beforeEach, expect, test } from 'vitest';
import { forgetRecent, keepRecent, readRecent } from './recent.ts';
import type { Found } from './search-found.ts';

let held: Map<string, string>;
const storage = {
  getItem: (key: string) => held.get(key) ?? null,
  setItem: (key: string, value: string) => void held.set(key, value),
  removeItem: (key: string) => void held.delete(key),
};
const found = (name: string): Found => ({
  kind: 'Pipeline',
  title: name,
  text: '',
  href: `/pipelines/${name}`,
  status: null,
});
beforeEach(() => {
  held = new Map();
});

test('keeps what was opened, the newest first, each once, and not more than eight', () => {
  for (const name of ['a', 'b', 'a']) keepRecent(storage, found(name));
  expect(readRecent(storage).map(({ title }) => title)).toEqual(['a', 'b']);
  for (let at = 0; at < 20; at += 1) keepRecent(storage, found(`p${at}`));
  expect(readRecent(storage)).toHaveLength(8);
  forgetRecent(storage);
  expect(readRecent(storage)).toEqual([]);
});

test.each([
  ['no JSON', '{'],
  ['no list', '{"a":1}'],
  ['another shape', '[{"title":"x"}, null, 3]'],
  ['an address elsewhere', '[{"kind":"run","title":"x","text":"","href":"//evil.example"}]'],
  ['a script', '[{"kind":"run","title":"x","text":"","href":"javascript:alert(1)"}]'],
])('is nothing where the storage holds %s', (_, text) => {
  held.set('palvella-recent', text);
  expect(readRecent(storage)).toEqual([]);
});

test('goes on where nothing may be stored', () => {
  const forbidden = {
    getItem: () => {
      throw new Error('forbidden');
    },
    setItem: () => {
      throw new Error('forbidden');
    },
    removeItem: () => {
      throw new Error('forbidden');
    },
  };
  keepRecent(forbidden, found('a'));
  forgetRecent(forbidden);
  expect(readRecent(forbidden)).toEqual([]);
});
