/** As much of JSON Schema as the API's own document uses. */
export interface Schema {
  $ref?: string;
  type?: string | readonly string[];
  format?: string;
  description?: string;
  enum?: readonly unknown[];
  const?: unknown;
  default?: unknown;
  minimum?: number;
  maximum?: number;
  properties?: Readonly<Record<string, Schema>>;
  required?: readonly string[];
  additionalProperties?: boolean | Schema;
  items?: Schema;
  anyOf?: readonly Schema[];
  oneOf?: readonly Schema[];
  allOf?: readonly Schema[];
}

type Content = Readonly<Record<string, { schema?: Schema }>>;

interface Operation {
  summary?: string;
  tags?: readonly string[];
  'x-permission'?: string;
  parameters?: readonly { name: string; in: string; required?: boolean; schema?: Schema }[];
  requestBody?: { content?: Content };
  responses?: Readonly<Record<string, { content?: Content }>>;
}

export interface OpenApi {
  paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  components?: { schemas?: Readonly<Record<string, Schema>> };
}

/** One call that can be made. */
export interface Call {
  /** In the address of the page, as `post-runs-run-stop`. */
  id: string;
  method: string;
  path: string;
  operation: Operation;
}

export function callsOf({ paths }: OpenApi): Call[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ id: idOf(method, path), method, path, operation })),
  );
}

function idOf(method: string, path: string): string {
  return `${method}-${path
    .replace(/^\/api\/v1\//, '')
    .replaceAll(/[^\w]+/g, '-')
    .replace(/-$/, '')}`;
}

/** Whether each word stands somewhere in the call's path, summary, method or permission. */
export function isLike({ method, path, operation }: Call, text: string): boolean {
  const all = [method, path, operation.summary ?? '', operation['x-permission'] ?? ''].join(' ').toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word));
}

export function jsonSchema(content: Content | undefined): Schema | undefined {
  return content?.['application/json']?.schema;
}

export function refName({ $ref }: Schema): string | undefined {
  return $ref?.replace('#/components/schemas/', '');
}
