import { expect, test } from 'vitest';
import { draftKey, readDraft, writeDraft } from './draft.ts';

function store() {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
}
const draft = { text: 'name: a', base: 2, baseText: 'name: b', at: 1 };

test('what is kept is read again, one draft for each definition', () => {
  const local = store();
  writeDraft(local, draftKey('Pipeline', 'a'), draft);
  writeDraft(local, draftKey('Job', 'a'), { ...draft, base: null });
  expect(readDraft(local, draftKey('Pipeline', 'a'))).toEqual(draft);
  expect(readDraft(local, draftKey('Job', 'a'))?.base).toBeNull();
  writeDraft(local, draftKey('Pipeline', 'a'), null);
  expect(readDraft(local, draftKey('Pipeline', 'a'))).toBeNull();
});

test('what is no draft is none, and a browser that keeps nothing stops nobody', () => {
  const local = store();
  for (const broken of ['{', '1', '{"text":1}']) {
    local.kept.set('k', broken);
    expect(readDraft(local, 'k')).toBeNull();
  }
  const full = {
    ...local,
    setItem: () => {
      throw new Error('full');
    },
  };
  expect(() => writeDraft(full, 'k', draft)).not.toThrow();
});
