import type { ASTNode } from '@marcbachmann/cel-js';
import { type Cel, listOf, mapOf, typeName } from './cel.ts';
import type { Evaluation } from './evaluation.ts';
import { Fault } from './fault.ts';
import { functions, macros, methods } from './functions.ts';
import { runMacro } from './macros.ts';
import { member, reach, show } from './members.ts';
import { arithmetic, compare, contains, equal, negated } from './operators.ts';
import { rootValue } from './roots.ts';

/**
 * Walks the tree. Everything it can reach is in `functions`, `methods`, `operators` and the scope: there is no way to
 * the host, and the meter ends what costs too much.
 */
export function run(node: ASTNode, at: Evaluation): Cel {
  at.meter.spend(1);
  switch (node.op) {
    case 'value':
      return literal(node.args);
    case 'id':
      return identifier(node.args, at);
    case '.':
      return member(run(node.args[0], at), node.args[1], node, at.meter);
    case '[]':
      return member(run(node.args[0], at), run(node.args[1], at), node, at.meter);
    case 'call':
      return call(node.args[0], node.args[1], at);
    case 'rcall':
      return method(node.args[0], node.args[1], node.args[2], at);
    case 'list':
      return listOf(node.args.map((item) => run(item, at)));
    case 'map':
      return mapLiteral(node.args, at);
    case '?:':
      return run(node.args[condition(node.args[0], at) ? 1 : 2], at);
    case '||':
      return logical(true, node.args, at);
    case '&&':
      return logical(false, node.args, at);
    case '!_':
      return !condition(node.args, at);
    case '-_':
      return negated(run(node.args, at));
    case '==':
      return equal(run(node.args[0], at), run(node.args[1], at), at.meter);
    case '!=':
      return !equal(run(node.args[0], at), run(node.args[1], at), at.meter);
    case 'in':
      return contains(run(node.args[0], at), run(node.args[1], at), at.meter);
    case '<':
    case '<=':
    case '>':
    case '>=':
      return compare(node.op, run(node.args[0], at), run(node.args[1], at), at.meter);
    case '+':
    case '-':
    case '*':
    case '/':
    case '%':
      return arithmetic(node.op, run(node.args[0], at), run(node.args[1], at), at.meter);
    default:
      throw new Fault(`${node.op} is not part of this language`);
  }
}

function literal(value: unknown): Cel {
  if (value === null || ['string', 'bigint', 'number', 'boolean'].includes(typeof value)) return value as Cel;
  throw new Fault('bytes and unsigned integers are not part of this language');
}

function identifier(name: string, at: Evaluation): Cel {
  for (let bound = at.bound; bound !== undefined; bound = bound.outer) {
    if (bound.name === name) return bound.value;
  }
  return rootValue(name, at.scope);
}

function call(name: string, args: ASTNode[], at: Evaluation): Cel {
  if (name === 'has' && args[0] !== undefined) return reach(args[0], (part) => run(part, at)) !== undefined;
  const key = `${name}/${args.length}`;
  const handler = Object.hasOwn(functions, key) ? functions[key] : undefined;
  if (handler === undefined) throw new Fault(`there is no function ${name} of ${args.length} arguments`);
  const values = args.map((argument) => run(argument, at));
  return handler(values, at.meter);
}

function method(name: string, receiver: ASTNode, args: ASTNode[], at: Evaluation): Cel {
  if (macros.has(name)) return runMacro(name, run(receiver, at), args, at, run);
  const key = `${name}/${args.length}`;
  const handler = Object.hasOwn(methods, key) ? methods[key] : undefined;
  if (handler === undefined) throw new Fault(`there is no method ${name} of ${args.length} arguments`);
  const values = [receiver, ...args].map((argument) => run(argument, at));
  return handler(values, at.meter);
}

function mapLiteral(entries: [ASTNode, ASTNode][], at: Evaluation): Cel {
  const made = new Map<string, Cel>();
  for (const [key, value] of entries) {
    const name = run(key, at);
    if (typeof name !== 'string') throw new Fault(`an object’s keys are text, not ${typeName(name)}`);
    made.set(name, run(value, at));
  }
  return mapOf(made);
}

function condition(node: ASTNode, at: Evaluation): boolean {
  const value = run(node, at);
  if (typeof value === 'boolean') return value;
  throw new Fault(`${show(node)} is ${typeName(value)}, not true or false`);
}

/** As CEL has it: a side that decides alone makes good for a fault of the other. */
function logical(decides: boolean, [left, right]: [ASTNode, ASTNode], at: Evaluation): boolean {
  const first = attempt(left, at);
  if (first === decides) return decides;
  const second = attempt(right, at);
  if (second === decides) return decides;
  if (first instanceof Fault) throw first;
  if (second instanceof Fault) throw second;
  return !decides;
}

function attempt(node: ASTNode, at: Evaluation): boolean | Fault {
  try {
    return condition(node, at);
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
}
