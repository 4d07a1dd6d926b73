import { type ASTNode, Environment, ParseError } from '@marcbachmann/cel-js';
import { PalvellaError } from '../errors.ts';
import { limits } from './limits.ts';

/** The names that an expression may begin with; `value` in `compare` only, `run` in `notify` only. */
export const roots = ['pipeline', 'job', 'trigger', 'value', 'run'] as const;

const environment = new Environment({
  homogeneousAggregateLiterals: false,
  limits: {
    maxAstNodes: limits.nodes,
    maxDepth: limits.depth,
    maxListElements: 100,
    maxMapEntries: 100,
    maxCallArguments: 8,
  },
});
for (const root of roots) environment.registerVariable(root, 'dyn');

export interface Compiled {
  /** As written, with `output.0` rewritten: what the positions of the tree refer to. */
  source: string;
  tree: ASTNode;
}

const compiled = new Map<string, Compiled>();
const mostCompiled = 5000;

/** Throws `expression_failed`; what compiled once is kept. */
export function compileExpression(expression: string): Compiled {
  const known = compiled.get(expression);
  if (known !== undefined) return known;
  if (expression.length > limits.sourceLength) {
    throw new PalvellaError('expression_failed', `an expression may have ${limits.sourceLength} characters, not more`);
  }
  const source = rewriteIndexes(expression);
  const made = { source, tree: parse(expression, source) };
  if (compiled.size >= mostCompiled) compiled.clear();
  compiled.set(expression, made);
  return made;
}

function parse(expression: string, source: string): ASTNode {
  try {
    return environment.parse(source).ast;
  } catch (error) {
    const reason = error instanceof ParseError ? error.summary : String((error as Error).message);
    throw new PalvellaError('expression_failed', `${JSON.stringify(expression)} is no expression: ${reason}`, {
      remedy: 'Write it in CEL, as pipeline.parameters.environment == "prod".',
    });
  }
}

/** The type that a text compiled to, or what the types of its parts tell is wrong before anything is computed. */
export function staticType(source: string): { name: string } | { fault: string } {
  const { valid, type, error } = environment.check(source);
  return valid && type !== undefined ? { name: type } : { fault: (error as ParseError).summary };
}

const raw = String.raw`[bB]?[rR](?:"""[\s\S]*?(?:"""|$)|'''[\s\S]*?(?:'''|$)|"[^"]*(?:"|$)|'[^']*(?:'|$))`;
const quoted = String.raw`"""[\s\S]*?(?:"""|$)|'''[\s\S]*?(?:'''|$)|"(?:\\[\s\S]|[^"\\])*(?:"|$)|'(?:\\[\s\S]|[^'\\])*(?:'|$)`;
const token = new RegExp(
  String.raw`(?<opaque>${raw}|${quoted}|\/\/[^\n]*|\d[\w.]*)|(?<name>[A-Za-z_]\w*)|\.(?<index>\d+)(?!\w)|(?<space>\s+)|[\s\S]`,
  'g',
);

/** `output.0` is how people write `output[0]`, which is CEL. */
function rewriteIndexes(expression: string): string {
  let indexable = false;
  return expression.replace(token, (all, ...rest) => {
    const { opaque, name, index, space } = rest.at(-1) as Partial<Record<string, string>>;
    if (space !== undefined) return all;
    if (index !== undefined && indexable) return `[${index}]`;
    indexable = opaque === undefined && (name !== undefined || all === ']' || all === ')');
    return all;
  });
}
