import { refName, type Schema } from './openapi.ts';

/** Text, or the name of a schema that is told elsewhere on the page. */
export type Piece = string | { schema: string };

/** What a value looks like, as people write types: `{ name: string, limit?: integer = 50 }`. */
export function shapeOf(schema: Schema, indent = ''): Piece[] {
  const name = refName(schema);
  if (name !== undefined) return [{ schema: name }];
  if (schema.const !== undefined) return [JSON.stringify(schema.const)];
  if (schema.enum !== undefined) return [schema.enum.map((each) => JSON.stringify(each)).join(' | ')];
  const some = schema.anyOf ?? schema.oneOf;
  if (some !== undefined)
    return joined(
      some.map((each) => shapeOf(each, indent)),
      ' | ',
    );
  if (schema.allOf !== undefined)
    return joined(
      schema.allOf.map((each) => shapeOf(each, indent)),
      ' & ',
    );
  const types = typeof schema.type === 'string' ? [schema.type] : (schema.type ?? []);
  if (types.length === 0) return ['any'];
  return joined(
    types.map((type) => oneType(type, schema, indent)),
    ' | ',
  );
}

function oneType(type: string, schema: Schema, indent: string): Piece[] {
  if (type === 'array') return ['[', ...shapeOf(schema.items ?? {}, indent), ', …]'];
  if (type === 'object') return objectOf(schema, indent);
  if (type === 'string' && schema.format !== undefined) return [`string, ${schema.format}`];
  if (type === 'integer' || type === 'number') return [type + rangeOf(schema)];
  return [type];
}

/** The limits of a number where they are ones that somebody chose. */
function rangeOf({ minimum, maximum }: Schema): string {
  const most = maximum === undefined || maximum >= Number.MAX_SAFE_INTEGER ? undefined : maximum;
  const least = minimum === undefined || minimum <= Number.MIN_SAFE_INTEGER ? undefined : minimum;
  if (least === undefined && most === undefined) return '';
  if (most === undefined) return `, at least ${least}`;
  return least === undefined ? `, at most ${most}` : `, ${least} to ${most}`;
}

function objectOf({ properties, required = [], additionalProperties }: Schema, indent: string): Piece[] {
  const fields = Object.entries(properties ?? {});
  const inner = `${indent}  `;
  const more =
    typeof additionalProperties === 'object'
      ? [inner, 'any name: ', ...shapeOf(additionalProperties, inner), '\n']
      : [];
  if (fields.length === 0 && more.length === 0) return ['{ … }'];
  const lines = fields.flatMap(([name, schema]): Piece[] => [
    inner,
    required.includes(name) ? `${name}: ` : `${name}?: `,
    ...shapeOf(schema, inner),
    schema.default === undefined ? '' : ` = ${JSON.stringify(schema.default)}`,
    '\n',
  ]);
  return ['{\n', ...lines, ...more, `${indent}}`];
}

function joined(parts: readonly Piece[][], mark: string): Piece[] {
  return parts.flatMap((part, index) => (index === 0 ? part : [mark, ...part]));
}
