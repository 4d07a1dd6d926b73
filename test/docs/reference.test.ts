import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { referencePages } from '../../docs/reference/pages.ts';

const folder = join(import.meta.dirname, '../../docs/reference');
const pages = referencePages();

test('docs/reference is what the manifests say; run `npm run docs` where it is not', () => {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.md'));
  expect(files.sort()).toEqual([...pages.keys()].sort());
  for (const [path, text] of pages) expect(readFileSync(join(folder, path), 'utf8')).toBe(text);
});

test('links within a page lead somewhere', () => {
  for (const [path, text] of pages) {
    const anchors = [...text.matchAll(/^#+ (.+)$/gm)].map(([, title]) =>
      (title as string).toLowerCase().replaceAll(' ', '-'),
    );
    for (const [, target] of text.matchAll(/\]\(#([^)]+)\)/g)) expect(anchors, path).toContain(target);
  }
});
