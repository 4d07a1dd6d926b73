/** Bounds of one expression. Its cost is counted in steps: a node visited, 16 characters or one element handled. */
export const limits = {
  sourceLength: 4096,
  nodes: 500,
  depth: 50,
  /** `map`, `filter`, `all`, `exists`, `exists_one` inside one another. */
  macroNesting: 3,
  steps: 1_000_000,
  textLength: 1024 * 1024,
  patternLength: 4096,
  /** States of its automaton. */
  patternSize: 5000,
} as const;
