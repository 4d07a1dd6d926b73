import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fault, findRing, type Import, importsOf } from './import-rules.ts';
import { rooms } from './import-table.ts';

const root = join(import.meta.dirname, '../..');

function allImports(): Import[] {
  const patterns = rooms.map((room) => `${room}/**/*.{ts,tsx}`);
  const files = globSync(patterns, {
    cwd: root,
    exclude: (path) => /(^|\/)(node_modules|\.next|client)$/.test(String(path)),
  });
  return files.flatMap((path) => importsOf(path, readFileSync(join(root, path), 'utf8')));
}

describe('the import table of docs/design.md', () => {
  const imports = allImports();

  test('is checked against real modules of every room', () => {
    const seen = new Set(imports.map(({ from }) => from.split('/')[0]));
    expect([...seen].sort()).toEqual([...rooms].sort());
    expect(imports.length).toBeGreaterThan(500);
  });

  test('is kept', () => {
    expect(imports.map(fault).filter((one) => one !== undefined)).toEqual([]);
  });

  test('no files import each other in a ring', () => {
    expect(findRing(imports)).toBeUndefined();
  });
});

describe('a violation is caught', () => {
  const faults = (path: string, source: string) => importsOf(path, source).map(fault);

  test.each([
    ['core/a.ts', "import { readFileSync } from 'node:fs';"],
    ['core/a.ts', "import pg from 'pg';"],
    ['core/a.ts', "import { x } from '../platform/x.ts';"],
    ['core/a.ts', "await import('../platform/x.ts');"],
    ['core/a.ts', "export * from '../platform/x.ts';"],
    ['core/a.ts', "import { x } from '../test/harness/x.ts';"],
    ['workflows/a.ts', "import { x } from '../activities/x.ts';"],
    ['workflows/a.ts', "import { type X } from '../activities/x.ts';"],
    ['workflows/a.ts', "import { Client } from '@temporalio/client';"],
    ['plugins/http/manifest.ts', "import { x } from './http.ts';"],
    ['plugins/http/manifest.ts', "import { request } from 'undici';"],
    ['plugins/http/http.ts', "import { x } from '../slack/slack.ts';"],
    ['web/features/a.tsx', "import { x } from '../../workers/x.ts'; export const a = <b />;"],
    ['cli/a.ts', "import { app } from '../web/server/app.ts';"],
    ['platform/a.ts', "import { x } from './x.test.ts';"],
  ])('%s: %s', (path, source) => {
    expect(faults(path, source).at(-1)).toEqual(expect.stringContaining(path));
  });

  test.each([
    ['core/a.ts', "import { z } from 'zod'; import { b } from './b.ts';"],
    ['core/a.ts', "import { httpManifest } from '../plugins/http/manifest.ts';"],
    ['workflows/a.ts', "import type { X } from '../activities/types.ts';"],
    ['cli/a.ts', "import type { App } from '../web/server/app.ts';"],
    ['core/a.test.ts', "import { readFileSync } from 'node:fs';"],
    ['plugins/registry.ts', "import { x } from './http/http.ts';"],
  ])('and nothing else: %s: %s', (path, source) => {
    expect(faults(path, source)).toEqual(importsOf(path, source).map(() => undefined));
  });

  test('a ring', () => {
    const imports = [
      ...importsOf('core/a.ts', "import { b } from './b.ts';"),
      ...importsOf('core/b.ts', "import { a } from './a.ts';"),
    ];
    expect(findRing(imports)).toEqual(['core/a.ts', 'core/b.ts', 'core/a.ts']);
  });
});
