import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { generateRegistries } from '../../plugins/generate.ts';

/** `npm run docs`: the registries of plugins, and from them this folder's pages. */
const here = import.meta.dirname;

const { manifests, implementations } = generateRegistries();
writeFileSync(join(here, '../../plugins/manifests.generated.ts'), manifests);
writeFileSync(join(here, '../../plugins/implementations.generated.ts'), implementations);

// Only now, as they read the registries.
const { referencePages } = await import('./pages.ts');
for (const old of readdirSync(here, { recursive: true, encoding: 'utf8' })) {
  if (old.endsWith('.md')) rmSync(join(here, old));
}
for (const [path, text] of referencePages()) {
  mkdirSync(dirname(join(here, path)), { recursive: true });
  writeFileSync(join(here, path), text);
}
