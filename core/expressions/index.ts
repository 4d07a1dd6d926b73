/** Expressions, patterns and values: pure, deterministic and bounded, in the workflow sandbox, browser and server alike. */
export { evaluate, evaluateCondition } from './evaluate-expression.ts';
export { checkPattern, matchPattern } from './pattern.ts';
export type { ActionScope, JobScope, Scope } from './scope.ts';
export { type CredentialUse, evaluateFields, evaluateValue } from './value.ts';
