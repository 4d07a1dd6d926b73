import { type Document, isMap, isScalar, isSeq, type Node, parseDocument } from 'yaml';
import { PalvellaError } from '../../core/errors.ts';
import { isObject } from '../../core/is-object.ts';
import type { Json } from '../../core/json.ts';
import { sentence } from '../../core/language/document.ts';
import { isInPlace, scalarText } from '../../core/language/plain-scalar.ts';
import { nearestHint } from '../../core/nearest.ts';

/** What `parameters.0.default` names. A list's item may also be named by the `name` that it has. */
export function getProperty(spec: Json, property: string): Json {
  let value: Json = spec;
  for (const step of steps(property)) {
    const next = fieldOf(value, step);
    if (next === undefined) throw missing(property, step, fieldsOf(value));
    value = next;
  }
  return value;
}

/** The document with one property changed; comments, and all that it is not about, stay. */
export function setProperty(source: string, property: string, value: Json): string {
  const path = steps(property);
  if (path[0] === 'kind' || (path[0] === 'name' && path.length === 1)) {
    throw new PalvellaError('invalid_request', `${path[0]} cannot be set: it is what the definition is known by.`, {
      remedy: path[0] === 'name' ? 'Rename it, which changes what names it along.' : 'Make a new one.',
    });
  }
  return put(source, path, value, property);
}

/** The document under another name. */
export function setName(source: string, name: string): string {
  return put(source, ['name'], name, 'name');
}

function put(source: string, path: readonly string[], value: Json, property: string): string {
  const document = parseDocument(source);
  let node = document.contents as Node | null;
  const found: (string | number)[] = [];
  for (const [depth, step] of path.entries()) {
    const key = keyOf(document, node, step);
    const isLast = depth === path.length - 1;
    if (key === undefined && !(isLast && isMap(node))) throw missing(property, step, namesOf(node));
    found.push(key ?? step);
    node = (key === undefined ? undefined : document.getIn(found, true)) as Node | null;
  }
  return inPlace(source, node, value) ?? printed(document, found, value);
}

/** A plain value in the place of another: nothing else is written anew. */
function inPlace(source: string, node: Node | null | undefined, value: Json): string | undefined {
  if (!isInPlace(node) || typeof value === 'object') return undefined;
  const [start, end] = node.range;
  const separator = source.slice(0, start).endsWith(':') ? ' ' : '';
  return (
    source.slice(0, start) +
    separator +
    (typeof value === 'string' ? scalarText(value) : String(value)) +
    source.slice(end)
  );
}

function printed(document: Document, path: readonly (string | number)[], value: Json): string {
  document.setIn(path, document.createNode(value));
  return document.toString({ lineWidth: 0 });
}

function steps(property: string): string[] {
  const path = property.split('.');
  if (path.every((step) => step !== '')) return path;
  throw new PalvellaError('invalid_request', `${JSON.stringify(property)} names no property.`, {
    remedy: 'Write it as parameters.0.default.',
  });
}

function fieldOf(value: Json, step: string): Json | undefined {
  if (Array.isArray(value))
    return /^\d+$/.test(step) ? value[Number(step)] : value.find((item) => nameOf(item) === step);
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.hasOwn(value, step) ? value[step] : undefined;
}

function nameOf(item: Json): Json | undefined {
  return isObject(item) ? item['name'] : undefined;
}

function fieldsOf(value: Json): string[] {
  if (Array.isArray(value)) return value.map((item, index) => textOf(nameOf(item), index));
  return typeof value === 'object' && value !== null ? Object.keys(value) : [];
}

/** The key under which a map or list has it; undefined where it has not. */
function keyOf(document: Document, node: Node | null | undefined, step: string): string | number | undefined {
  if (isMap(node)) return node.has(step) ? step : undefined;
  if (!isSeq(node)) return undefined;
  const index = /^\d+$/.test(step)
    ? Number(step)
    : node.items.findIndex((item) => isMap(item) && item.get('name') === step);
  return index >= 0 && index < node.items.length ? index : undefined;
}

function namesOf(node: Node | null | undefined): string[] {
  if (isMap(node)) return node.items.map(({ key }) => String(isScalar(key) ? key.value : key));
  if (isSeq(node)) return node.items.map((item, index) => textOf(isMap(item) ? item.get('name') : undefined, index));
  return [];
}

function textOf(name: unknown, index: number): string {
  return typeof name === 'string' ? name : String(index);
}

function missing(property: string, step: string, known: readonly string[]): PalvellaError {
  return new PalvellaError(
    'not_found',
    sentence(`There is no ${JSON.stringify(step)} in ${property}${nearestHint(step, known)}`),
  );
}
