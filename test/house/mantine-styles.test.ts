import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const core = join(root, 'node_modules/@mantine/core');
const styles = join(root, 'web/app/mantine.css');

/** Names that a file takes from `@mantine/core`, types aside. */
function takenFromCore(file: string): string[] {
  const imports = readFileSync(file, 'utf8').matchAll(/import \{([^}]*)\} from ['"]@mantine\/core['"]/g);
  return [...imports]
    .flatMap(([, names = '']) => names.split(','))
    .map((name) => name.trim().split(' as ')[0] ?? '')
    .filter((name) => name !== '' && !name.startsWith('type '));
}

/** Stylesheets of the components that are used, and of those that they are made of. */
function stylesOf(components: ReadonlySet<string>): Set<string> {
  const found = new Set<string>();
  const seen = new Set<string>();
  function visit(file: string): void {
    if (seen.has(file) || !existsSync(file)) return;
    seen.add(file);
    if (file.endsWith('.module.mjs')) found.add(`${basename(file, '.module.mjs')}.css`);
    for (const [, from = ''] of readFileSync(file, 'utf8').matchAll(/(?:from|import)\s*"(\.[^"]+)"/g))
      visit(resolve(dirname(file), from));
  }
  for (const name of components) visit(join(core, 'esm/components', name, `${name}.mjs`));
  return found;
}

test('the pages load the styles of the components that they use, in their order, and of no others', () => {
  const files = [
    ...globSync('web/{app,features}/**/*.{ts,tsx}', { cwd: root }),
    ...globSync('node_modules/@mantine/spotlight/esm/**/*.mjs', { cwd: root }),
  ];
  const needed = stylesOf(new Set(files.flatMap((file) => takenFromCore(join(root, file)))));
  const whole = readFileSync(join(core, 'styles.css'), 'utf8');
  const placeOf = (file: string) => {
    const name = /\.m_\w+/.exec(readFileSync(join(core, 'styles', file), 'utf8'))?.[0] ?? file;
    return whole.indexOf(name);
  };
  const ordered = [...needed].sort((a, b) => placeOf(a) - placeOf(b));
  const always = ['baseline.css', 'default-css-variables.css', 'global.css'];
  const loaded = [...readFileSync(styles, 'utf8').matchAll(/@import "@mantine\/core\/styles\/([\w-]+\.css)";/g)];
  expect(loaded.map(([, file]) => file)).toEqual([...always, ...ordered]);
});
