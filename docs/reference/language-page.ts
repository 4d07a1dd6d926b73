import { catalogueOf, type JsonSchema, languageJsonSchema } from '../../core/language/index.ts';
import { kinds } from '../../core/language/schema.ts';
import { fieldTable, resolve } from './schema-table.ts';

const introduction = `# The language

A file holds one or more documents, with \`---\` between them. Each is of one kind. Without \`kind\` it is a Pipeline. A
field that is not in these tables is refused, with the nearest one that is. How values, expressions and names work is said
in [the design](../design.md).

A Job in a Pipeline has \`actions\`, or \`jobs\`, or calls a \`job\` or \`pipeline\` of the library. An Action has one field
that names its type, as \`run\`; the types are [here](actions/README.md). An Engine has the settings of its type; those are
[here](engines/README.md).`;

/** Every field of every kind. An object inside is described once, where it is met first. */
export function languagePage(): string {
  // The fields of Actions and Engines have pages of their own.
  const root = languageJsonSchema(catalogueOf([], []));
  const places = new Map<string, string>();
  const sections: string[] = [];

  function describe(title: string, schema: JsonSchema, level: string): void {
    const inner: [title: string, schema: JsonSchema][] = [];
    const linked = (name: string, field: JsonSchema): string | undefined => {
      const object = objectIn(field, root);
      if (object === undefined) return undefined;
      const key = JSON.stringify(object.properties);
      const own = places.get(key) ?? titles[name] ?? name;
      if (!places.has(key)) inner.push([own, object]);
      places.set(key, own);
      return `[${own}](#${anchor(own)})`;
    };
    sections.push(`${level} ${title}`, fieldTable(schema, root, linked));
    for (const [own, object] of inner) describe(own, object, '###');
  }

  for (const kind of kinds) describe(kind, root.$defs?.[kind] as JsonSchema, '##');
  return `${[introduction, ...sections].join('\n\n')}\n`;
}

/** Of objects whose field is not named after what they are. */
const titles: Record<string, string> = {
  parameters: 'Parameter',
  engine: 'Engine in line',
  setup: 'Setup or teardown',
  teardown: 'Setup or teardown',
  jobs: 'Job in a Pipeline',
  actions: 'Action in a Job',
};

/** The object with fields of its own that a field is, or holds, or may be. */
function objectIn(field: JsonSchema, root: JsonSchema, above: readonly JsonSchema[] = []): JsonSchema | undefined {
  const schema = resolve(field, root);
  if (above.includes(schema)) return undefined;
  if (Object.keys(schema.properties ?? {}).length > 0) return schema;
  const inside = [schema.items, ...(schema.anyOf ?? [])].filter((one) => typeof one === 'object') as JsonSchema[];
  const found = inside.map((one) => objectIn(one, root, [...above, schema])).filter((one) => one !== undefined);
  return found.length === 1 ? found[0] : undefined;
}

/** As GitHub makes it of a heading. */
function anchor(title: string): string {
  return title.toLowerCase().replaceAll(' ', '-');
}
