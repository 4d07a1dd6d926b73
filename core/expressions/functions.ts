import { type Cel, integer, listOf, typeName } from './cel.ts';
import { Fault, type Meter } from './fault.ts';
import { limits } from './limits.ts';
import { isList, isMap, itemsOf } from './operators.ts';
import { matchPattern, matchSteps } from './pattern.ts';

type Function = (args: readonly Cel[], meter: Meter) => Cel;

function size(value: Cel | undefined, meter: Meter): bigint {
  if (typeof value === 'string') {
    meter.spend(value.length >> 4);
    let points = 0;
    for (const _ of value) points++;
    return BigInt(points);
  }
  if (value !== undefined && isList(value)) return BigInt(value.size);
  if (value !== undefined && isMap(value)) return BigInt(value.size());
  throw wrong('size', value);
}

function wrong(name: string, value: Cel | undefined): Fault {
  return new Fault(`${name} takes no ${value === undefined ? 'such value' : typeName(value)}`);
}

function text(name: string, value: Cel | undefined): string {
  if (typeof value === 'string') return value;
  throw wrong(name, value);
}

function index(name: string, value: Cel | undefined, most: number): number {
  if (typeof value === 'bigint' && value >= 0n && value <= BigInt(most)) return Number(value);
  throw new Fault(`${name}: ${typeof value === 'bigint' ? value : 'that'} is no position in a text of ${most}`);
}

function toInteger(value: Cel | undefined): bigint {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return integer(BigInt(Math.trunc(value)));
  if (typeof value === 'string' && /^[+-]?\d{1,19}$/.test(value)) return integer(BigInt(value.replace('+', '')));
  throw new Fault(`int cannot read ${typeof value === 'string' ? 'this text' : 'this value'} as a whole number`);
}

function toDouble(value: Cel | undefined): number {
  if (typeof value === 'bigint' || typeof value === 'number') return Number(value);
  if (typeof value === 'string' && /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value)) return Number(value);
  throw new Fault('double cannot read this value as a number');
}

function toText(value: Cel | undefined): string {
  if (value !== undefined && (value === null || typeof value !== 'object')) return String(value);
  throw wrong('string', value);
}

function toBoolean(value: Cel | undefined): boolean {
  if (typeof value === 'boolean') return value;
  if (value === 'true' || value === 'false') return value === 'true';
  throw new Fault('bool reads "true" and "false" only');
}

/** By name and number of arguments. */
export const functions: Readonly<Record<string, Function>> = {
  'size/1': ([value], meter) => size(value, meter),
  'string/1': ([value]) => toText(value),
  'int/1': ([value]) => toInteger(value),
  'double/1': ([value]) => toDouble(value),
  'bool/1': ([value]) => toBoolean(value),
  'dyn/1': ([value]) => value as Cel,
};

function onText(name: string, act: (receiver: string, args: readonly Cel[], meter: Meter) => Cel): Function {
  return ([receiver, ...args], meter) => {
    const subject = text(name, receiver);
    meter.spend(1 + (subject.length >> 4));
    return act(subject, args, meter);
  };
}

function matches(subject: string, pattern: string, meter: Meter): boolean {
  meter.spend(matchSteps(pattern, subject));
  return matchPattern(pattern, subject) !== null;
}

/** A search may compare each place of the text with all of what is sought. */
function search(name: string, find: (subject: string, sought: string) => Cel): Function {
  return onText(name, (subject, [argument], meter) => {
    const sought = text(name, argument);
    meter.spend(Math.floor((subject.length * sought.length) / 1024));
    return find(subject, sought);
  });
}

function split(subject: string, separator: string, meter: Meter): Cel {
  meter.spend(subject.length + Math.floor((subject.length * separator.length) / 1024));
  return listOf(subject.split(separator));
}

function join(list: Cel | undefined, separator: string, meter: Meter): string {
  if (list === undefined || !isList(list)) throw wrong('join', list);
  meter.spend(list.size);
  let length = 0;
  const parts = Array.from(itemsOf(list), (item) => {
    const part = text('join', item);
    length += part.length + separator.length;
    meter.text(length, limits.textLength);
    return part;
  });
  return parts.join(separator);
}

/** By name and number of arguments, the receiver not counted. */
export const methods: Readonly<Record<string, Function>> = {
  'size/0': ([value], meter) => size(value, meter),
  'contains/1': search('contains', (a, b) => a.includes(b)),
  'startsWith/1': search('startsWith', (a, b) => a.startsWith(b)),
  'endsWith/1': search('endsWith', (a, b) => a.endsWith(b)),
  'indexOf/1': search('indexOf', (a, b) => BigInt(a.indexOf(b))),
  'lastIndexOf/1': search('lastIndexOf', (a, b) => BigInt(a.lastIndexOf(b))),
  'substring/1': onText('substring', (a, [from]) => a.slice(index('substring', from, a.length))),
  'substring/2': onText('substring', (a, [from, to]) =>
    a.slice(index('substring', from, a.length), index('substring', to, a.length)),
  ),
  'trim/0': onText('trim', (a) => a.trim()),
  'lowerAscii/0': onText('lowerAscii', (a) => a.replace(/[A-Z]+/g, (part) => part.toLowerCase())),
  'upperAscii/0': onText('upperAscii', (a) => a.replace(/[a-z]+/g, (part) => part.toUpperCase())),
  'matches/1': onText('matches', (a, [b], meter) => matches(a, text('matches', b), meter)),
  'split/1': onText('split', (a, [b], meter) => split(a, text('split', b), meter)),
  'join/0': ([list], meter) => join(list, '', meter),
  'join/1': ([list, separator], meter) => join(list, text('join', separator), meter),
};

export const macros: ReadonlySet<string> = new Set(['all', 'exists', 'exists_one', 'map', 'filter']);
