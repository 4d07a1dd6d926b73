import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One of AWS's published service models: what requests and responses may be. */
export interface Model {
  /** Before the name of an operation in the header X-Amz-Target. */
  prefix: string;
  operations: ReadonlySet<string>;
  /** What is wrong with it, as sentences; none where it is as published. */
  problems(operation: string, side: 'input' | 'output', value: unknown): string[];
  /** Whether the operation may end so. Such errors as of credentials and throttling are of all services. */
  mayFail(operation: string, error: string): boolean;
}

interface Shape {
  type: string;
  required?: string[];
  members?: Record<string, { shape: string }>;
  member?: { shape: string };
  key?: { shape: string };
  value?: { shape: string };
  enum?: string[];
  min?: number;
  max?: number;
  pattern?: string;
}

interface ModelFile {
  metadata: { targetPrefix: string };
  operations: Record<
    string,
    Record<'input' | 'output', { shape: string } | undefined> & { errors?: { shape: string }[] }
  >;
  shapes: Record<string, Shape>;
}

const common: ReadonlySet<string> = new Set([
  'AccessDeniedException',
  'ExpiredTokenException',
  'IncompleteSignature',
  'MissingAuthenticationTokenException',
  'ThrottlingException',
  'UnrecognizedClientException',
  'ValidationException',
]);

export function readModel(name: 'ecs' | 'logs'): Model {
  const path = join(import.meta.dirname, `../model/${name}.json`);
  const { metadata, operations, shapes } = JSON.parse(readFileSync(path, 'utf8')) as ModelFile;

  function check(shapeName: string, value: unknown, at: string): string[] {
    const shape = shapes[shapeName];
    if (shape === undefined) return [`${at}: the model has no shape ${shapeName}`];
    const wrong = (what: string) => [`${at}: ${what}, not ${JSON.stringify(value)?.slice(0, 200)}`];
    switch (shape.type) {
      case 'structure':
        if (typeof value !== 'object' || value === null || Array.isArray(value)) return wrong('a structure is wanted');
        return structure(shape, value as Record<string, unknown>, at);
      case 'list':
        if (!Array.isArray(value)) return wrong('a list is wanted');
        return [
          ...bounds(shape, value.length, at),
          ...value.flatMap((one, index) => check(shape.member?.shape ?? '', one, `${at}[${index}]`)),
        ];
      case 'map':
        if (typeof value !== 'object' || value === null || Array.isArray(value)) return wrong('a map is wanted');
        return Object.entries(value).flatMap(([key, one]) => check(shape.value?.shape ?? '', one, `${at}.${key}`));
      case 'string':
        if (typeof value !== 'string') return wrong('a string is wanted');
        if (shape.enum !== undefined && !shape.enum.includes(value)) return wrong(`one of ${shape.enum.join(', ')}`);
        if (shape.pattern !== undefined && !new RegExp(`^(?:${shape.pattern})$`, 'u').test(value)) {
          return wrong(`a string like ${shape.pattern} is wanted`);
        }
        return bounds(shape, value.length, at);
      case 'boolean':
        return typeof value === 'boolean' ? [] : wrong('a boolean is wanted');
      case 'integer':
      case 'long':
        return Number.isInteger(value) ? bounds(shape, value as number, at) : wrong('a whole number is wanted');
      case 'double':
      case 'float':
      case 'timestamp':
        return typeof value === 'number' ? [] : wrong('a number is wanted');
      default:
        return wrong(`the type ${shape.type} is not known here`);
    }
  }

  function structure(shape: Shape, value: Record<string, unknown>, at: string): string[] {
    const members = shape.members ?? {};
    const lacking = (shape.required ?? []).filter((name) => value[name] === undefined);
    return [
      ...lacking.map((name) => `${at}: ${name} is lacking`),
      ...Object.entries(value).flatMap(([name, one]) => {
        const member = members[name];
        return member === undefined ? [`${at}: there is no ${name}`] : check(member.shape, one, `${at}.${name}`);
      }),
    ];
  }

  function bounds({ min, max }: Shape, size: number, at: string): string[] {
    if (min !== undefined && size < min) return [`${at}: ${size} is less than ${min}`];
    if (max !== undefined && size > max) return [`${at}: ${size} is more than ${max}`];
    return [];
  }

  return {
    prefix: metadata.targetPrefix,
    operations: new Set(Object.keys(operations)),
    problems(operation, side, value) {
      const shape = operations[operation]?.[side]?.shape;
      // An operation without one answers with nothing.
      return shape === undefined ? [] : check(shape, value, operation);
    },
    mayFail: (operation, error) =>
      common.has(error) || (operations[operation]?.errors?.some(({ shape }) => shape === error) ?? false),
  };
}
