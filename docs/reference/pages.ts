import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type ActionManifest,
  type ActionPlace,
  type EngineManifest,
  pluginCategories,
} from '../../core/contracts/plugin.ts';
import { actionFormSchema, engineFormSchema, type JsonSchema } from '../../core/language/index.ts';
import { actionManifests, engineManifests } from '../../plugins/manifests.generated.ts';
import { languagePage } from './language-page.ts';
import { fieldTable, table } from './schema-table.ts';

const plugins = join(import.meta.dirname, '../../plugins');

/** Every page of the reference: its path below `docs/reference`, and its text. */
export function referencePages(): ReadonlyMap<string, string> {
  return new Map([
    ['README.md', indexPage()],
    ['language.md', languagePage()],
    ['actions/README.md', categoryPage('Actions', 'An Action is one step of a Job.', actionManifests)],
    ['engines/README.md', categoryPage('Engines', 'An Engine is where the Actions of a Job run.', engineManifests)],
    ...actionManifests.map((manifest) => [`actions/${manifest.id}.md`, actionPage(manifest)] as const),
    ...engineManifests.map((manifest) => [`engines/${manifest.id}.md`, enginePage(manifest)] as const),
  ]);
}

type Manifest = ActionManifest | EngineManifest;

function indexPage(): string {
  const built = { action: ['Actions', 'actions/README.md'], engine: ['Engines', 'engines/README.md'] } as const;
  const rows = pluginCategories.map((category) => {
    const [title, path] = category === 'action' || category === 'engine' ? built[category] : [];
    return [category, title === undefined ? 'no plugins yet' : `[${title}](${path})`];
  });
  return page(
    '# Reference',
    'These pages are made by `npm run docs` from the code that checks files, so they say what this version does.',
    '[The language](language.md): every kind of document and every field.',
    'Plugins are of ten categories:',
    table(['Category', 'Built in'], rows),
  );
}

function categoryPage(title: string, what: string, manifests: readonly Manifest[]): string {
  const rows = manifests.map(({ id, title: name, description }) => [`[${id}](${id}.md)`, name, description]);
  return page(`# ${title}`, `${what} These are built in.`, table(['Id', 'Name', 'What it does'], rows));
}

function actionPage(manifest: ActionManifest): string {
  const { besides = [], code = [], short, place } = manifest;
  const list = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(', ');
  return page(
    opening(manifest),
    placeText[place],
    '## Fields',
    fields(actionFormSchema(manifest)),
    short === undefined ? '' : `\`${manifest.id}: value\` is short for \`${manifest.id}: { ${short}: value }\`.`,
    besides.length === 0 ? '' : `Written beside \`${manifest.id}\`, not inside it: ${list(besides)}.`,
    code.length === 0 ? '' : `Code, in which \`\${{ }}\` is refused: ${list(code)}.`,
    'The fields that every Action may have are [here](../language.md#action).',
    example(manifest),
  );
}

function enginePage(manifest: EngineManifest): string {
  return page(opening(manifest), '## Settings', fields(engineFormSchema(manifest)), example(manifest));
}

/** What its readme says, where it has one. */
function opening({ category, id, description }: Manifest): string {
  const readme = join(plugins, `${category}-${id}`, 'readme.md');
  return existsSync(readme) ? readFileSync(readme, 'utf8').trim() : `# ${id}\n\n${description}.`;
}

function fields(schema: JsonSchema): string {
  const { additionalProperties: others } = schema;
  if (Object.keys(schema.properties ?? {}).length > 0) return fieldTable(schema, schema, () => undefined);
  return typeof others === 'object' ? `Any names. ${schema.description ?? ''}.` : 'None.';
}

function example({ category, example: text }: Manifest): string {
  // Quotes as the formatter of these pages wants them.
  const quoted = text.replace(/'([^'"\\]*)'/g, '"$1"');
  return `## Example\n\n\`\`\`yaml\n${category === 'engine' ? `engine: ${quoted}` : `- ${quoted}`}\n\`\`\``;
}

function page(...parts: readonly string[]): string {
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

const placeText: Record<ActionPlace, string> = {
  workflow: 'It is control flow: no Worker runs it.',
  native: 'It runs inside a Worker, whatever the Engine of the Job.',
  job: 'It runs on the Engine of the Job, in its workspace.',
};
