import type { ASTNode, SourceRange } from '@marcbachmann/cel-js';

/** A name and what is read of it: `job["a"].output.list[i]`. */
export interface Path {
  root: string;
  /** Literal names and positions from the root on, up to the first computed one. */
  steps: (string | bigint)[];
  /** Parts in brackets that are computed. */
  computed: ASTNode[];
}

export function pathOf(node: ASTNode): Path | undefined {
  if (node.op === 'id') return { root: node.args, steps: [], computed: [] };
  if (node.op !== '.' && node.op !== '[]') return undefined;
  const path = pathOf(node.args[0]);
  if (path === undefined) return undefined;
  const key = node.op === '.' ? node.args[1] : literal(node.args[1]);
  if (key === undefined) path.computed.push(node.args[1] as ASTNode);
  else if (path.computed.length === 0) path.steps.push(key);
  return path;
}

function literal(node: ASTNode): string | bigint | undefined {
  const value = node.op === 'value' ? node.args : undefined;
  return typeof value === 'string' || typeof value === 'bigint' ? value : undefined;
}

export function children(node: ASTNode): ASTNode[] {
  switch (node.op) {
    case 'value':
    case 'id':
      return [];
    case '.':
    case '.?':
      return [node.args[0]];
    case 'call':
      return node.args[1];
    case 'rcall':
      return [node.args[1], ...node.args[2]];
    case 'map':
      return node.args.flat();
    case '!_':
    case '-_':
      return [node.args];
    default:
      return node.args;
  }
}

export function hasRanges(node: ASTNode): SourceRange[] {
  if (node.op === 'call' && node.args[0] === 'has') return [node.range];
  return children(node).flatMap(hasRanges);
}

/** Every outermost path, with where it is written. Names that macros bind are among the roots. */
export function pathsOf(node: ASTNode): { path: Path; range: SourceRange }[] {
  const path = pathOf(node);
  if (path === undefined) return children(node).flatMap(pathsOf);
  return [{ path, range: node.range }, ...path.computed.flatMap(pathsOf)];
}
