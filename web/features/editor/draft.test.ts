import { expect, test } from 'vitest';
import { draftKey, dropDraft, keepDraft, openDrafts, readDrafts } from './draft.ts';

function store() {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
}
const draft = { id: '1', text: 'name: a', base: 2, baseText: 'name: b', at: 1 };

test('what is kept is read again, of each definition by itself', () => {
  const local = store();
  keepDraft(local, draftKey('Pipeline', 'a'), draft);
  keepDraft(local, draftKey('Job', 'a'), { ...draft, base: null });
  expect(readDrafts(local, draftKey('Pipeline', 'a'))).toEqual([draft]);
  expect(readDrafts(local, draftKey('Job', 'a'))).toEqual([{ ...draft, base: null }]);
  dropDraft(local, draftKey('Pipeline', 'a'), '1');
  expect(readDrafts(local, draftKey('Pipeline', 'a'))).toEqual([]);
  expect([...local.kept.keys()]).toEqual([draftKey('Job', 'a')]);
});

test('what an editor keeps takes the place of its own text, and of no other', () => {
  const local = store();
  keepDraft(local, 'k', draft);
  for (const text of ['x', 'xy']) keepDraft(local, 'k', { ...draft, id: '2', text });
  expect(readDrafts(local, 'k').map(({ text }) => text)).toEqual(['name: a', 'xy']);
  dropDraft(local, 'k', '2');
  expect(readDrafts(local, 'k')).toEqual([draft]);
});

test('what was saved since is not offered, and goes', () => {
  const local = store();
  keepDraft(local, 'k', draft);
  keepDraft(local, 'k', { ...draft, id: '2', text: 'name: c' });
  expect(openDrafts(local, 'k', 'name: a').map(({ id }) => id)).toEqual(['2']);
  expect(readDrafts(local, 'k').map(({ id }) => id)).toEqual(['2']);
});

test('what is no draft is none, and a browser that keeps nothing stops nobody', () => {
  const local = store();
  for (const broken of ['{', '1', 'null', '{"text":1}', '[null, {"text":1}]']) {
    local.kept.set('k', broken);
    expect(readDrafts(local, 'k')).toEqual([]);
  }
  const full = {
    ...local,
    setItem: () => {
      throw new Error('full');
    },
  };
  expect(() => keepDraft(full, 'k', draft)).not.toThrow();
});
