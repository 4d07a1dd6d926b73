import type { z } from 'zod';
import type { ErrorCode } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import { meant, nearestHint } from '../nearest.ts';
import type { Fault, Path } from './document.ts';
import { perKey } from './fields.ts';

type Issue = z.core.$ZodIssue;

/** What zod found wrong with `input`, in this project's words. */
export function faultsOf(issues: readonly Issue[], input: unknown, base: Path = []): Fault[] {
  return issues.flatMap((issue) => faultOf(issue, input, base));
}

function faultOf(issue: Issue, input: unknown, base: Path): Fault[] {
  const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
  const value = valueAt(input, path);
  const fault = (message: string, remedy?: string): Fault[] => [{ path: [...base, ...path], message, remedy }];
  switch (issue.code) {
    case 'unrecognized_keys': {
      return issue.message.split(perKey).map((message, index) => ({
        path: [...base, ...path, issue.keys[index] ?? ''],
        message,
        key: true,
      }));
    }
    case 'invalid_type':
      if (value === undefined)
        return fault(
          `${String(path.at(-1) ?? 'it')} is missing`,
          `It is ${expected[issue.expected] ?? issue.expected}.`,
        );
      return fault(
        `this must be ${expected[issue.expected] ?? issue.expected}, not ${described(value)}`,
        quoting(issue.expected, value),
      );
    case 'invalid_value': {
      const values = issue.values.map(String);
      if (value === undefined) return fault(`${String(path.at(-1) ?? 'it')} is missing`, `It is ${values.join(', ')}.`);
      return fault(`${JSON.stringify(value)} is none of ${values.join(', ')}${suggestion(value, values)}`);
    }
    case 'invalid_union':
      return unionFaults(issue, value, [...base, ...path]);
    case 'invalid_key':
      return issue.issues
        .flatMap((inner) => fault(`the name ${JSON.stringify(path.at(-1))} cannot be: ${inner.message}`))
        .map((one) => ({ ...one, key: true }));
    case 'custom': {
      const code = issue.params?.['code'] as ErrorCode | undefined;
      return [{ path: [...base, ...path], message: issue.message, code, key: code !== undefined }];
    }
    case 'too_big':
      return fault(`this is too large: at most ${issue.maximum}${units[issue.origin] ?? ''}`);
    case 'too_small':
      if (issue.origin === 'string' && value === '') return fault('this is empty');
      if (issue.origin === 'array' && issue.minimum === 1) return fault('this is empty', 'Give at least one.');
      return fault(`this is too small: at least ${issue.minimum}${units[issue.origin] ?? ''}`);
    default:
      return fault(value === '' ? 'this is empty' : issue.message);
  }
}

/**
 * The input without keys that no schema knows; undefined where something else is wrong as well, or where such a key is
 * likely a misspelt one, as the field that was meant would then seem to be missing.
 */
export function withoutUnknownKeys(input: JsonObject, issues: readonly Issue[]): JsonObject | undefined {
  const left = structuredClone(input);
  for (const issue of issues) {
    const holder = valueAt(left, issue.path as Path);
    if (issue.code !== 'unrecognized_keys' || typeof holder !== 'object' || holder === null) return undefined;
    if (issue.message.includes(meant)) return undefined;
    for (const key of issue.keys) Reflect.deleteProperty(holder, key);
  }
  return left;
}

const units: Readonly<Record<string, string>> = { string: ' characters', array: ' elements' };

const expected: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

function described(value: unknown): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : JSON.stringify(value);
}

function quoting(wanted: string, value: unknown): string | undefined {
  const bare = typeof value === 'number' || typeof value === 'boolean';
  return wanted === 'string' && bare ? `Put it in quotes: '${String(value)}'.` : undefined;
}

function suggestion(value: unknown, values: string[]): string {
  const hint = typeof value === 'string' ? nearestHint(value, values) : '';
  return hint.includes('did you mean') ? hint : '';
}

/** Of the branch that the value comes nearest to: the one of its type, with the fewest faults. */
function unionFaults(issue: Extract<Issue, { code: 'invalid_union' }>, value: unknown, base: Path): Fault[] {
  const branches = issue.errors.map((errors) => faultsOf(errors, value, base));
  const deepest = (faults: Fault[]) => Math.min(...faults.map(({ path }) => path.length));
  const [best] = branches
    .filter((faults) => faults.length > 0)
    .sort((a, b) => deepest(b) - deepest(a) || a.length - b.length);
  if (best === undefined) return [{ path: base, message: 'this is none of what may stand here' }];
  if (deepest(best) > base.length) return best;
  if (issue.message !== 'Invalid input') return [{ path: base, message: issue.message }];
  const wanted = [...new Set(branches.flat().map(({ message }) => message))];
  return [{ path: base, message: wanted.join('; or ') }];
}

function valueAt(input: unknown, path: Path): unknown {
  let value = input;
  for (const step of path) {
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<string | number, unknown>)[step];
  }
  return value;
}
