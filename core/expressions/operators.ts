import { type Cel, type CelList, type CelMap, deeper, integer, listOf, typeName } from './cel.ts';
import { Fault, type Meter } from './fault.ts';
import { limits } from './limits.ts';

type Arithmetic = '+' | '-' | '*' | '/' | '%';
type Order = '<' | '<=' | '>' | '>=';

export function arithmetic(op: Arithmetic, left: Cel, right: Cel, meter: Meter): Cel {
  if (typeof left === 'bigint' && typeof right === 'bigint') return integers(op, left, right);
  if (isNumber(left) && isNumber(right) && op !== '%') return doubles(op, Number(left), Number(right));
  if (op === '+' && typeof left === 'string' && typeof right === 'string') {
    meter.text(left.length + right.length, limits.textLength);
    return left + right;
  }
  if (op === '+' && isList(left) && isList(right)) return joined(left, right, meter);
  const hint = op === '+' && (typeof left === 'string' || typeof right === 'string') ? '; use string(…)' : '';
  throw new Fault(`${typeName(left)} ${op} ${typeName(right)} has no meaning${hint}`);
}

export function negated(value: Cel): Cel {
  if (typeof value === 'bigint') return integer(-value);
  if (typeof value === 'number') return -value;
  throw new Fault(`- needs a number, not ${typeName(value)}`);
}

function integers(op: Arithmetic, left: bigint, right: bigint): bigint {
  if ((op === '/' || op === '%') && right === 0n) throw new Fault('division by zero');
  switch (op) {
    case '+':
      return integer(left + right);
    case '-':
      return integer(left - right);
    case '*':
      return integer(left * right);
    case '/':
      return integer(left / right);
    case '%':
      return left % right;
  }
}

function doubles(op: Exclude<Arithmetic, '%'>, left: number, right: number): number {
  switch (op) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
  }
}

function joined(left: CelList, right: CelList, meter: Meter): CelList {
  meter.spend(left.size + right.size);
  return listOf([...itemsOf(left), ...itemsOf(right)]);
}

export function compare(op: Order, left: Cel, right: Cel, meter: Meter): boolean {
  const comparable = (isNumber(left) && isNumber(right)) || (typeof left === 'string' && typeof right === 'string');
  if (!comparable) throw new Fault(`${typeName(left)} ${op} ${typeName(right)} has no meaning`);
  if (typeof left === 'string') meter.spend(left.length >> 4);
  switch (op) {
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
  }
}

export function equal(left: Cel, right: Cel, meter: Meter, depth = 0): boolean {
  meter.spend(1);
  // A bigint and a number are equal where they are the same number.
  if (isNumber(left) && isNumber(right)) return left == right;
  if (typeof left === 'string' && typeof right === 'string') {
    meter.spend(left.length >> 4);
    return left === right;
  }
  if (isList(left) && isList(right)) return equalLists(left, right, meter, deeper(depth));
  if (isMap(left) && isMap(right)) return equalMaps(left, right, meter, deeper(depth));
  return left === right;
}

function equalLists(left: CelList, right: CelList, meter: Meter, depth: number): boolean {
  if (left.size !== right.size) return false;
  for (let index = 0; index < left.size; index++) {
    if (!equal(left.at(index), right.at(index), meter, depth)) return false;
  }
  return true;
}

function equalMaps(left: CelMap, right: CelMap, meter: Meter, depth: number): boolean {
  const keys = left.keys();
  meter.spend(keys.length);
  if (keys.length !== right.size()) return false;
  return keys.every((key) => {
    const other = right.get(key);
    return other !== undefined && equal(left.get(key) as Cel, other, meter, depth);
  });
}

export function contains(needle: Cel, hay: Cel, meter: Meter): boolean {
  if (isList(hay)) {
    for (let index = 0; index < hay.size; index++) if (equal(needle, hay.at(index), meter)) return true;
    return false;
  }
  if (isMap(hay)) return typeof needle === 'string' && hay.get(needle) !== undefined;
  throw new Fault(`in needs a list or an object on its right, not ${typeName(hay)}`);
}

export function* itemsOf(list: CelList): Generator<Cel> {
  for (let index = 0; index < list.size; index++) yield list.at(index);
}

function isNumber(value: Cel): value is bigint | number {
  return typeof value === 'bigint' || typeof value === 'number';
}

export function isList(value: Cel): value is CelList {
  return value !== null && typeof value === 'object' && value.kind === 'list';
}

export function isMap(value: Cel): value is CelMap {
  return value !== null && typeof value === 'object' && value.kind === 'map';
}
