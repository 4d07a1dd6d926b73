/**
 * Every error a person or a client can meet. `http` is the status the API answers with, `retry` says
 * whether doing the same again can help. Activities and workflows compare codes, never classes.
 */
export const errorCodes = {
  invalid_file: { http: 422, retry: false },
  invalid_request: { http: 400, retry: false },
  not_found: { http: 404, retry: false },
  unauthenticated: { http: 401, retry: false },
  forbidden: { http: 403, retry: false },
  conflict: { http: 409, retry: false },
  too_large: { http: 413, retry: false },
  not_executed_yet: { http: 422, retry: false },
  expression_failed: { http: 422, retry: false },
  engine_failed: { http: 502, retry: true },
  engine_refused: { http: 422, retry: false },
  worker_lost: { http: 503, retry: true },
  credential_unavailable: { http: 422, retry: false },
  address_refused: { http: 422, retry: false },
  unavailable: { http: 503, retry: true },
  internal: { http: 500, retry: false },
} as const;

export type ErrorCode = keyof typeof errorCodes;

export class PalvellaError extends Error {
  readonly code: ErrorCode;
  /** What the reader can do about it, one sentence. */
  readonly remedy: string | undefined;
  readonly problems: readonly Problem[];

  constructor(
    code: ErrorCode,
    message: string,
    more: { remedy?: string; cause?: unknown; problems?: readonly Problem[] } = {},
  ) {
    super(message, { cause: more.cause });
    this.name = 'PalvellaError';
    this.code = code;
    this.remedy = more.remedy;
    this.problems = more.problems ?? [];
  }
}

/** One fault in a file: where (1-based), what, and what to write instead. */
export interface Problem {
  file: string;
  line: number;
  column: number;
  /** The field, as `jobs[0].actions[1].run`. */
  path: string;
  message: string;
  remedy?: string;
  /** Where it is not the file that is wrong: `not_executed_yet`. */
  code?: ErrorCode;
  /** The saved definition that it is about. */
  definition?: DefinitionState | undefined;
}

/** One that has no place in a file: at a field of a request, or at no field where `path` is empty. */
export function problemWith(path: string, message: string): Problem {
  return { file: '', line: 1, column: 1, path, message };
}

/** What is saved of a definition now. `version` is null where there is none. */
interface DefinitionState {
  kind: string;
  name: string;
  version: number | null;
  author: string | null;
  /** ISO 8601 in UTC. */
  savedAt: string | null;
}

/** `file:line:column path: message. remedy`, the one way a problem is printed; without a place where there is no file. */
export function formatProblem(problem: Problem): string {
  const at = problem.file === '' ? '' : `${problem.file}:${problem.line}:${problem.column}`;
  const place = [at, problem.path].filter((part) => part !== '').join(' ');
  const remedy = problem.remedy === undefined ? '' : ` ${problem.remedy}`;
  return `${place === '' ? '' : `${place}: `}${problem.message}${remedy}`;
}

export function errorCode(error: unknown): ErrorCode | undefined {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && Object.hasOwn(errorCodes, code) ? (code as ErrorCode) : undefined;
}

/** Makes the compiler prove that a switch is exhaustive. */
export function unreachable(value: never): never {
  throw new PalvellaError('internal', `unexpected value ${JSON.stringify(value)}`);
}
