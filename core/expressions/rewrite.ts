import type { ASTNode } from '@marcbachmann/cel-js';
import type { Json } from '../json.ts';
import { compileExpression } from './syntax.ts';
import { children, pathOf, pathsOf } from './tree.ts';

/** The Actions of the Job whose standard output an expression reads. */
export function stdoutReads(expression: string): string[] {
  if (!expression.includes('action')) return [];
  return pathsOf(compileExpression(expression).tree).flatMap(({ path: { root, steps } }) => {
    const [current, action, name, field] = steps;
    const reads = root === 'job' && current === 'current' && action === 'action' && typeof name === 'string';
    return reads && (field === undefined || field === 'stdout') ? [name] : [];
  });
}

/** An expression with each `job.self.params.X` replaced by the expression that `give` writes for it. */
export function replaceParams(expression: string, give: (param: string) => string): string {
  const { source, tree } = compileExpression(expression);
  let text = source;
  for (const { node, param } of paramReads(tree).sort((a, b) => b.node.range.start - a.node.range.start)) {
    text = text.slice(0, node.range.start) + give(param) + text.slice(node.range.end);
  }
  return text;
}

/** The one param that an expression is, as `job.self.params.X`, or undefined. */
export function wholeParam(expression: string): string | undefined {
  const { tree } = compileExpression(expression);
  const [read] = paramReads(tree);
  return read?.node === tree ? read.param : undefined;
}

function paramReads(node: ASTNode): { node: ASTNode; param: string }[] {
  const path = pathOf(node);
  if (path?.root === 'job' && path.computed.length === 0 && path.steps.length === 3) {
    const [self, params, param] = path.steps;
    if (self === 'self' && params === 'params' && typeof param === 'string') return [{ node, param }];
  }
  return (node.op === '[]' ? node.args : children(node)).flatMap(paramReads);
}

/** JSON as a literal of an expression. */
export function celLiteral(json: Json): string {
  if (Array.isArray(json)) return `[${json.map(celLiteral).join(', ')}]`;
  if (json !== null && typeof json === 'object') {
    return `{${Object.entries(json)
      .map(([key, value]) => `${celText(key)}: ${celLiteral(value)}`)
      .join(', ')}}`;
  }
  if (typeof json === 'string') return celText(json);
  // An integer that JSON cannot hold exactly is a double there too.
  return typeof json === 'number' && Number.isInteger(json) && !Number.isSafeInteger(json)
    ? `double("${json}")`
    : String(json);
}

/** CEL reads the escapes of JSON, `\\/` apart, which is never written. */
function celText(text: string): string {
  return JSON.stringify(text);
}

/** Whether an expression reads `value`. */
export function readsValue(expression: string): boolean {
  return pathsOf(compileExpression(expression).tree).some(({ path }) => path.root === 'value');
}
