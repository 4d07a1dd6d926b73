import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const tracked = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' })
  .trim()
  .split('\n')
  .filter((path) => existsSync(join(root, path)));
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const sources = tracked.filter((path) => /\.tsx?$/.test(path));
const pages = tracked.filter((path) => path.endsWith('.md'));

const mostLines = 250;

describe('source files', () => {
  test('do one thing, so none grows long', () => {
    const long = sources.filter(
      (path) => read(path).split('\n').length > mostLines && !/\.generated\.ts$|\.test\.tsx?$/.test(path),
    );
    expect(long).toEqual([]);
  });

  test('leave nothing to do and skip no test', () => {
    const words = [
      ['TO', 'DO'],
      ['FIX', 'ME'],
      ['X', 'XX'],
    ].map((parts) => parts.join(''));
    const unfinished = new RegExp(`\\b(${words.join('|')})\\b|\\b(test|describe|it)\\.(skip|todo|only)\\b`);
    expect(sources.filter((path) => unfinished.test(read(path)))).toEqual([]);
  });
});

describe('documents', () => {
  test('name only files that are there', () => {
    const broken = pages.flatMap((page) =>
      [...read(page).matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)[^)]*\)/g)]
        .map(([, target]) => ({ page, target: target as string }))
        .filter(({ target }) => !existsSync(join(root, dirname(page), target))),
    );
    expect(broken).toEqual([]);
  });
});
