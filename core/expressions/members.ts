import type { ASTNode } from '@marcbachmann/cel-js';
import { nearestHint } from '../nearest.ts';
import { type Cel, typeName } from './cel.ts';
import { Fault, type Meter } from './fault.ts';
import { isList, isMap } from './operators.ts';

type Access = Extract<ASTNode, { op: '.' | '[]' }>;

/** `base.key` or `base[key]`; a fault where it is not there. */
export function member(base: Cel, key: Cel, node: Access, meter: Meter): Cel {
  const found = find(base, key);
  if (found !== undefined) return found;
  const name = key !== null && typeof key === 'object' ? typeName(key) : String(key);
  const of = show(node.args[0]);
  if (isMap(base)) {
    // A fault may be absorbed and made again and again, so that telling it well has its price.
    const keys = base.keys();
    meter.spend(1000 + keys.length);
    const hint = nearestHint(name, keys.slice(0, 100));
    throw new Fault(`${of} has no ${JSON.stringify(name)}${hint}; has(${show(node)}) tells whether it is there`);
  }
  if (isList(base)) throw new Fault(`${of} has ${base.size} elements, none at ${name}`);
  throw new Fault(`${of} is ${typeName(base)}, so it has no ${JSON.stringify(name)}`);
}

/** What a path leads to, or undefined where a part of it is not there. */
export function reach(node: ASTNode, run: (part: ASTNode) => Cel): Cel | undefined {
  if (node.op !== '.' && node.op !== '[]') return run(node);
  const base = reach(node.args[0], run);
  if (base === undefined) return undefined;
  return find(base, node.op === '.' ? node.args[1] : run(node.args[1]));
}

function find(base: Cel, key: Cel): Cel | undefined {
  if (isMap(base)) return typeof key === 'string' ? base.get(key) : undefined;
  if (!isList(base) || typeof key !== 'bigint' || key < 0n || key >= BigInt(base.size)) return undefined;
  return base.at(Number(key));
}

/** The text of a part of an expression. */
export function show(node: ASTNode): string {
  return node.input.slice(node.range.start, node.range.end);
}
