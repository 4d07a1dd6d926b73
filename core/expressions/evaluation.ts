import type { Cel } from './cel.ts';
import type { Meter } from './fault.ts';
import type { Scope } from './scope.ts';

/** What one evaluation carries along. */
export interface Evaluation {
  scope: Scope;
  meter: Meter;
  bound?: Bound | undefined;
}

/** The names that macros bind, innermost first. */
interface Bound {
  name: string;
  value: Cel;
  outer: Bound | undefined;
}
