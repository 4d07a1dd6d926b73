import type { ASTNode } from '@marcbachmann/cel-js';
import { nearestHint } from '../nearest.ts';
import type { ParamType } from '../plan.ts';
import { functions, macros, methods } from './functions.ts';
import { limits } from './limits.ts';
import { checkPath, type Names } from './names.ts';
import { checkPattern } from './pattern.ts';
import { compileExpression, roots, staticType } from './syntax.ts';
import { children, hasRanges, pathOf } from './tree.ts';

/** What is wrong with an expression, each a sentence; none: it may be saved. */
export function checkExpression(expression: string, names: Names): string[] {
  let compiled: ReturnType<typeof compileExpression>;
  try {
    compiled = compileExpression(expression);
  } catch (error) {
    return [(error as Error).message];
  }
  const faults = new Set<string>();
  visit(compiled.tree, { names, bound: [], nesting: 0, add: (fault) => faults.add(fault) });
  if (faults.size === 0) {
    const type = staticType(withoutHas(compiled.source, compiled.tree));
    if ('fault' in type) faults.add(type.fault);
  }
  return [...faults];
}

/** The type that an expression has whatever the data, or undefined. */
export function expressionType(expression: string, names: Names): ParamType | undefined {
  const { source, tree } = compileExpression(expression);
  const path = pathOf(tree);
  if (path !== undefined && path.computed.length === 0) {
    const [first, second, third, ...rest] = path.steps;
    if (path.root === 'pipeline' && typeof second === 'string' && third === undefined)
      return names.parameters?.get(second);
    if (first === 'self' && second === 'params' && typeof third === 'string' && rest.length === 0) {
      return names.params?.get(third);
    }
  }
  const type = staticType(withoutHas(source, tree));
  return 'fault' in type ? undefined : paramTypes[type.name.replace(/<.*$/, '')];
}

const paramTypes: Readonly<Record<string, ParamType>> = {
  string: 'string',
  bool: 'boolean',
  int: 'number',
  double: 'number',
  list: 'list',
  map: 'object',
};

interface Visit {
  names: Names;
  bound: readonly string[];
  nesting: number;
  add(fault: string): void;
}

function visit(node: ASTNode, at: Visit): void {
  const path = pathOf(node);
  if (path !== undefined && !at.bound.includes(path.root)) {
    const fault = checkPath(path, at.names);
    if (fault !== undefined) at.add(fault);
    for (const computed of path.computed) visit(computed, at);
    return;
  }
  if (node.op === 'call') checkCall(node.args[0], node.args[1], at);
  else if (node.op === 'rcall') checkMethod(node.args[0], node.args[1], node.args[2], at);
  else {
    if (node.op === 'value' && node.args !== null && typeof node.args === 'object') {
      at.add('bytes and unsigned integers are not part of this language');
    }
    for (const child of children(node)) visit(child, at);
  }
}

function checkCall(name: string, args: ASTNode[], at: Visit): void {
  const [path] = args;
  if (name === 'has') {
    if (args.length !== 1 || (path?.op !== '.' && path?.op !== '[]')) {
      at.add('has takes one path, as has(job["plan"].output.changed)');
      return;
    }
  } else checkKnown('function', name, args.length, functions, at);
  for (const argument of args) visit(argument, at);
}

function checkMethod(name: string, receiver: ASTNode, args: ASTNode[], at: Visit): void {
  visit(receiver, at);
  if (macros.has(name)) {
    checkMacro(name, args, at);
    return;
  }
  checkKnown('method', name, args.length, methods, at);
  const [pattern] = args;
  if (name === 'matches' && pattern?.op === 'value' && typeof pattern.args === 'string') {
    const fault = checkPattern(pattern.args);
    if (fault !== undefined) at.add(fault);
  }
  for (const argument of args) visit(argument, at);
}

function checkMacro(name: string, [variable, ...bodies]: ASTNode[], at: Visit): void {
  const most = name === 'map' ? 2 : 1;
  if (variable?.op !== 'id' || bodies.length < 1 || bodies.length > most) {
    at.add(`${name} is written list.${name}(x, …), with a name for the element first`);
    return;
  }
  if ((roots as readonly string[]).includes(variable.args)) {
    at.add(`the element may not be called ${variable.args}, which means something else`);
  }
  if (at.nesting === limits.macroNesting) {
    at.add(`${[...macros].join(', ')} may be nested ${limits.macroNesting} deep, not more`);
    return;
  }
  for (const body of bodies) visit(body, { ...at, bound: [...at.bound, variable.args], nesting: at.nesting + 1 });
}

function checkKnown(kind: string, name: string, count: number, known: object, at: Visit): void {
  if (Object.hasOwn(known, `${name}/${count}`)) return;
  const names = [...new Set(Object.keys(known).map((key) => key.slice(0, key.indexOf('/'))))];
  if (names.includes(name)) at.add(`${name} does not take ${count} argument${count === 1 ? '' : 's'}`);
  else
    at.add(
      `there is no ${kind} ${JSON.stringify(name)}${nearestHint(name, kind === 'method' ? [...names, ...macros] : [...names, 'has'])}`,
    );
}

/** The type check knows `has(a.b)` only; ours also takes `has(a["b"].c)`, and is true or false all the same. */
function withoutHas(source: string, tree: ASTNode): string {
  let text = source;
  for (const { start, end } of hasRanges(tree)) {
    text = text.slice(0, start) + 'true'.padEnd(end - start) + text.slice(end);
  }
  return text;
}
