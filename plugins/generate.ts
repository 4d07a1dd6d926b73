import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Makes the registries from the folders: `node plugins/generate.ts`. A test compares them. */

const here = import.meta.dirname;
const heading = '// Made by plugins/generate.ts from the folders beside it.';

export function generateRegistries(root: string = here): { manifests: string; implementations: string } {
  const folders = readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(root, entry.name, 'manifest.ts')))
    .map((entry) => entry.name)
    .sort();
  const implemented = folders.filter((folder) => existsSync(join(root, folder, 'index.ts')));
  const category = (name: 'action' | 'engine') => folders.filter((folder) => categoryOf(root, folder) === name);
  return {
    manifests: [
      heading,
      "import type { ActionManifest, EngineManifest } from '../core/contracts/plugin.ts';",
      ...folders.map((folder) => `import { manifest as ${variable(folder)} } from './${folder}/manifest.ts';`),
      '',
      ...array('actionManifests', 'ActionManifest', category('action').map(variable)),
      '',
      ...array('engineManifests', 'EngineManifest', category('engine').map(variable)),
      '',
    ].join('\n'),
    implementations: [
      heading,
      '',
      '/** By folder; each gives `plugin`. */',
      'export const implementations = {',
      ...implemented.map((folder) => `  '${folder}': () => import('./${folder}/index.ts'),`),
      '} as const;',
      '',
    ].join('\n'),
  };
}

function categoryOf(root: string, folder: string): 'action' | 'engine' {
  const category = /^ {2}category: '(action|engine)',$/m.exec(readFileSync(join(root, folder, 'manifest.ts'), 'utf8'));
  if (category === null) throw new Error(`plugins/${folder}/manifest.ts must say category: 'action' or 'engine'`);
  return category[1] as 'action' | 'engine';
}

/** As the formatter writes it: on one line where it fits. */
function array(name: string, type: string, items: string[]): string[] {
  const start = `export const ${name}: readonly ${type}[] = [`;
  const line = `${start}${items.join(', ')}];`;
  return line.length <= 120 ? [line] : [start, ...items.map((item) => `  ${item},`), '];'];
}

function variable(folder: string): string {
  return folder.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

if (import.meta.main) {
  const { manifests, implementations } = generateRegistries();
  writeFileSync(join(here, 'manifests.generated.ts'), manifests);
  writeFileSync(join(here, 'implementations.generated.ts'), implementations);
}
