import type { JsonSchema } from '../../core/language/index.ts';

type Field = JsonSchema | boolean;

/** An object's fields as a table of Markdown. `linked` says where a field that is an object itself is described. */
export function fieldTable(
  schema: JsonSchema,
  root: JsonSchema,
  linked: (name: string, field: JsonSchema) => string | undefined,
): string {
  const required = new Set(schema.required);
  const rows = Object.entries(schema.properties ?? {}).map(([name, value]) => {
    const field = typeof value === 'boolean' ? {} : value;
    const type = typeText(field, root).replace(/object$/, (text) => linked(name, field) ?? text);
    return [`\`${name}\``, type, presence(field, required.has(name)), meaning(field, root)];
  });
  return table(['Field', 'Type', 'Default', 'Meaning'], rows);
}

/** As the formatter writes it: every column as wide as its widest cell. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const escaped = [headings, ...rows].map((cells) => cells.map((cell) => cell.replaceAll('|', '\\|')));
  const widths = headings.map((_, at) => Math.max(3, ...escaped.map((cells) => (cells[at] ?? '').length)));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`;
  const [first = [], ...others] = escaped;
  return [line(first), line(widths.map((width) => '-'.repeat(width))), ...others.map(line)].join('\n');
}

function presence(field: JsonSchema, required: boolean): string {
  if (field.default !== undefined) return `\`${JSON.stringify(field.default)}\``;
  return required ? 'must be there' : '';
}

function meaning(field: JsonSchema, root: JsonSchema): string {
  const said = field.description ?? resolve(field, root).description ?? '';
  const others = typeof field.additionalProperties === 'object' ? (field.additionalProperties as JsonSchema) : {};
  const limit = field.maxLength === undefined ? '' : `at most ${field.maxLength} characters`;
  return [said, others.description ?? '', limit].filter((text) => text !== '').join('; ');
}

/** What may be written there, in words. */
function typeText(field: Field | undefined, root: JsonSchema): string {
  if (field === undefined || typeof field === 'boolean') return 'anything';
  const schema = resolve(field, root);
  if (schema.const !== undefined) return `\`${String(schema.const)}\``;
  if (schema.enum !== undefined) return schema.enum.map((value) => `\`${String(value)}\``).join(', ');
  const choices = (schema.anyOf ?? schema.oneOf) as Field[] | undefined;
  if (choices !== undefined) return choiceText(choices, root);
  if (schema.type === 'array') return `list of ${typeText(schema.items as Field | undefined, root)}`;
  if (schema.type === 'object') return objectText(schema, root);
  return words[String(schema.type)] ?? 'anything';
}

function choiceText(choices: Field[], root: JsonSchema): string {
  // A value that may even be null may be any JSON.
  if (choices.some((one) => typeof one === 'object' && one.type === 'null')) return 'anything';
  return [...new Set(choices.map((one) => typeText(one, root)))].join(' or ');
}

function objectText(schema: JsonSchema, root: JsonSchema): string {
  const { properties, additionalProperties: others } = schema;
  if (properties !== undefined || typeof others !== 'object') return 'object';
  const of = typeText(others as Field, root);
  return of === 'anything' ? 'object' : `object of ${of}`;
}

export function resolve(field: JsonSchema, root: JsonSchema): JsonSchema {
  if (field.$ref === undefined) return field;
  const name = field.$ref.slice('#/$defs/'.length);
  return (root.$defs?.[name] ?? {}) as JsonSchema;
}

const words: Record<string, string> = {
  string: 'text',
  number: 'number',
  integer: 'whole number',
  boolean: 'true or false',
};
