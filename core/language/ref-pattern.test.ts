import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { formatProblem } from '../errors.ts';
import { matchesGlobs } from '../glob.ts';
import { builtInCatalogue } from './catalogue.ts';
import { checkFiles } from './check-files.ts';

function faults(field: 'branches' | 'tags', ...patterns: string[]): string[] {
  const trigger = `github: { secret: { from_credential: s }, events: [push], ${field}: ${JSON.stringify(patterns)} }`;
  const file = { name: 'f.yaml', content: `kind: Trigger\nname: t\n${trigger}\n` };
  return checkFiles([file], [], builtInCatalogue).problems.map(formatProblem);
}

test('a pattern that no branch can match is refused where it stands', () => {
  expect(faults('branches', 'main', 'refs/heads/main')).toEqual([
    'f.yaml:3:77 github.branches[1]: a branch is named without refs/heads/. Write main, not refs/heads/main.',
  ]);
});

const git = 'Write what git takes as the name of a branch, with * or ** for any text.';

test.each([
  ['!refs/heads/tmp/*', 'a branch is named without refs/heads/. Write tmp/*, not refs/heads/tmp/*.'],
  ['refs/tags/v1', 'a branch is named without refs/tags/. Write v1 in tags.'],
  ['main develop', 'no branch has a space in its name. Make each an element of the list.'],
  ['a\tb', `no branch has a control character in its name. ${git}`],
  ['release/[0-9]', `no branch has [ in its name. ${git}`],
  ['a..b', `no branch has .. in its name. ${git}`],
  ['/main', 'no branch begins with /. Write main, not /main.'],
  ['release/', 'no branch ends with /. Write release/** for all below it.'],
  ['a/**/', 'no branch ends with /. Write a/**/** for all below it.'],
  ['**/.x', `no branch has a part that begins with a full stop. ${git}`],
  ['*.lock', `no branch has a part that ends with .lock. ${git}`],
  ['!', `no branch is without a name. ${git}`],
])('%j', (pattern, said) => {
  expect(faults('branches', 'main', pattern)).toEqual([expect.stringContaining(`github.branches[1]: ${said}`)]);
});

test('of tags too', () => {
  expect(faults('tags', 'refs/tags/v*')).toEqual([
    expect.stringContaining('github.tags[0]: a tag is named without refs/tags/. Write v*, not refs/tags/v*.'),
  ]);
  expect(faults('tags', 'refs/heads/main', 'v 1')).toHaveLength(2);
});

const characters = [
  'a',
  '.',
  '/',
  '@',
  '{',
  '~',
  '^',
  ':',
  '[',
  '\\',
  ' ',
  '-',
  '!',
  '\u007f',
  '\t',
  'é',
  '.lock',
  '#',
];
const names = [
  'main',
  ...characters.flatMap((one) => [`x${one}`, `x${one}y`, `${one}y`, `x/${one}`, `x${one}/y`, `x${one}${one}y`]),
];

test('without a wildcard it is what git says', () => {
  for (const name of names) {
    // A ! at the beginning takes out, and is no part of the name.
    const plain = name.replace(/^!/, '');
    const taken = spawnSync('git', ['check-ref-format', `refs/heads/${plain}`]).status === 0;
    expect(faults('branches', 'main', name).length === 0, name).toBe(taken);
  }
});

test('with wildcards none is refused that matches a branch', () => {
  const branches = names.filter((name) => spawnSync('git', ['check-ref-format', `refs/heads/${name}`]).status === 0);
  const parts = ['x', 'y', '/', '.', '*', '**', '**/', '?', '.lock', '@'];
  const patterns = parts.flatMap((a) => parts.flatMap((b) => parts.flatMap((c) => [a + b, a + b + c])));
  const refused = [...new Set(patterns)].filter((pattern) => faults('branches', pattern).length > 0);
  expect(refused.length).toBeGreaterThan(100);
  for (const pattern of refused) {
    expect(
      branches.filter((branch) => matchesGlobs([pattern], branch)),
      pattern,
    ).toEqual([]);
  }
});
