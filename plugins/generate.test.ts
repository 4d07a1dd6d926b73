import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { generateRegistries } from './generate.ts';
import { implementations } from './implementations.generated.ts';
import { actionManifests, engineManifests } from './manifests.generated.ts';

const read = (name: string) => readFileSync(join(import.meta.dirname, name), 'utf8');

describe('the registries', () => {
  test('hold every folder; run `node plugins/generate.ts` where they do not', () => {
    const made = generateRegistries();
    expect(read('manifests.generated.ts')).toBe(made.manifests);
    expect(read('implementations.generated.ts')).toBe(made.implementations);
  });

  test('name each plugin once, and each folder after its plugin', () => {
    const ids = [...actionManifests, ...engineManifests].map(({ category, id }) => `${category}-${id}`);
    expect(new Set(ids).size).toBe(ids.length);
    expect(read('manifests.generated.ts').match(/\.\/([^/]+)\/manifest\.ts/g)).toEqual(
      [...ids].sort().map((id) => `./${id}/manifest.ts`),
    );
  });

  test('bring an implementation for every plugin that runs outside a workflow', () => {
    const outside = [...actionManifests.filter(({ place }) => place !== 'workflow'), ...engineManifests];
    expect(Object.keys(implementations).sort()).toEqual(outside.map(({ category, id }) => `${category}-${id}`).sort());
  });
});

test('a folder with a manifest is all that a new Action needs', () => {
  const root = mkdtempSync(join(tmpdir(), 'plugins-'));
  try {
    for (const [folder, category] of [
      ['action-page-duty', 'action'],
      ['engine-lab', 'engine'],
    ] as const) {
      mkdirSync(join(root, folder));
      writeFileSync(join(root, folder, 'manifest.ts'), `export const manifest = {\n  category: '${category}',\n};\n`);
    }
    writeFileSync(join(root, 'action-page-duty', 'index.ts'), '');
    mkdirSync(join(root, 'no-plugin'));
    const { manifests, implementations } = generateRegistries(root);
    expect(manifests).toContain("import { manifest as actionPageDuty } from './action-page-duty/manifest.ts';");
    expect(manifests).toContain('export const actionManifests: readonly ActionManifest[] = [actionPageDuty];');
    expect(manifests).toContain('export const engineManifests: readonly EngineManifest[] = [engineLab];');
    expect(implementations).toContain("'action-page-duty': () => import('./action-page-duty/index.ts'),");
    expect(manifests + implementations).not.toMatch(/no-plugin|import\('.\/engine-lab/);
  } finally {
    rmSync(root, { recursive: true });
  }
});

describe('every manifest', () => {
  test.each(actionManifests)('$id describes each of its fields', ({ input, besides, short, code }) => {
    for (const field of Object.values(input.shape)) expect(field.description).toEqual(expect.any(String));
    for (const name of [...(besides ?? []), ...(short === undefined ? [] : [short]), ...(code ?? [])]) {
      expect(Object.keys(input.shape)).toContain(name);
    }
  });

  test.each(engineManifests)('$id describes each of its settings', ({ settings }) => {
    for (const field of Object.values(settings.shape)) expect(field.description).toEqual(expect.any(String));
  });
});
