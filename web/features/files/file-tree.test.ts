import { expect, test } from 'vitest';
import type { StoredFile } from '../../../core/api/objects.ts';
import { fileRows } from './file-tree.ts';

const files = ['a.txt', 'out/deep/x.txt', 'out/y.txt', 'z/y.txt'].map((key) => ({ key }) as StoredFile);
const shown = (closed: string[] = [], search = '') =>
  fileRows(files, new Set(closed), search).map(({ depth, key }) => `${depth} ${key}`);

test('folders come before files, each with what is in it', () => {
  expect(shown()).toEqual(['0 out/', '1 out/deep/', '2 out/deep/x.txt', '1 out/y.txt', '0 z/', '1 z/y.txt', '0 a.txt']);
});

test('a closed folder hides what is in it, unless something is searched', () => {
  expect(shown(['out/'])).toEqual(['0 out/', '0 z/', '1 z/y.txt', '0 a.txt']);
  expect(shown(['out/'], 'Y.TXT')).toEqual(['0 out/', '1 out/y.txt', '0 z/', '1 z/y.txt']);
  expect(shown([], 'nothing')).toEqual([]);
});
