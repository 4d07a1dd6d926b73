/** Expressions, patterns and values: pure, deterministic and bounded, in the workflow sandbox, browser and server alike. */
export { checkExpression, expressionType } from './check.ts';
export { evaluate, evaluateCondition } from './evaluate-expression.ts';
export type { Names } from './names.ts';
export { checkPattern, matchPattern } from './pattern.ts';
export { celLiteral, readsValue, replaceParams, stdoutReads, wholeParam } from './rewrite.ts';
export type { ActionScope, JobScope, Scope } from './scope.ts';
export { splitTemplate } from './template.ts';
export { evaluateFields, evaluateValue } from './value.ts';
