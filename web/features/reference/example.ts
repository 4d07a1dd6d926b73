import type { Json } from '../../../core/json.ts';
import { type Call, jsonSchema, refName, type Schema } from './openapi.ts';

type Schemas = Readonly<Record<string, Schema>>;
const deepest = 8;

/** What stands for the blanks of paths. */
const blanks: Readonly<Record<string, string>> = {
  run: 'deploy/128',
  kind: 'Pipeline',
  name: 'deploy',
  key: 'reports/junit.xml',
  property: 'parameters.0.default',
};

/** The call as a command for a shell, with what must be given. */
export function curlOf({ method, path, operation }: Call, schemas: Schemas): string {
  const place = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(blanks[name] ?? name.toUpperCase()),
  );
  const needed = (operation.parameters ?? []).filter((each) => each.in === 'query' && each.required === true);
  const query = needed.map(
    ({ name, schema }) => `${name}=${encodeURIComponent(wordOf(sampleOf(schema ?? {}, schemas)))}`,
  );
  const body = jsonSchema(operation.requestBody?.content);
  const lines = [
    `curl${method === 'get' ? '' : ` -X ${method.toUpperCase()}`} "$PALVELLA_URL${place}${query.length === 0 ? '' : `?${query.join('&')}`}"`,
    ...(operation['x-permission'] === undefined ? [] : [`-H "authorization: Bearer $PALVELLA_TOKEN"`]),
    ...(body === undefined
      ? []
      : [`-H 'content-type: application/json'`, `-d ${quoted(JSON.stringify(sampleOf(body, schemas)))}`]),
  ];
  return lines.join(' \\\n  ');
}

/** A small value of this shape: what must be there, and no more. */
export function sampleOf(schema: Schema, schemas: Schemas, depth = 0): Json {
  const name = refName(schema);
  if (depth > deepest) return null;
  if (name !== undefined) return sampleOf(schemas[name] ?? {}, schemas, depth + 1);
  if (schema.default !== undefined) return schema.default as Json;
  if (schema.const !== undefined) return schema.const as Json;
  if (schema.enum?.[0] !== undefined) return schema.enum[0] as Json;
  const first = (schema.anyOf ?? schema.oneOf ?? schema.allOf)?.[0];
  if (first !== undefined) return sampleOf(first, schemas, depth + 1);
  const type = typeof schema.type === 'string' ? schema.type : schema.type?.[0];
  switch (type) {
    case 'object':
      return Object.fromEntries(
        (schema.required ?? []).map((field) => [field, sampleOf(schema.properties?.[field] ?? {}, schemas, depth + 1)]),
      );
    case 'array':
      return [sampleOf(schema.items ?? {}, schemas, depth + 1)];
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 1, 1);
    case 'boolean':
      return true;
    case 'string':
      return schema.format === 'date-time' ? '2026-03-01T00:00:00Z' : 'text';
    default:
      return null;
  }
}

function wordOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** One word for a shell, whatever is in it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
