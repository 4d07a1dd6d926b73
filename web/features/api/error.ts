import type { ProblemDetails } from '../../../core/api/objects.ts';

/** An answer that was not a success. `status` 0: the server could not be reached. */
export class ApiError extends Error {
  readonly status: number;
  readonly problem: ProblemDetails | undefined;

  constructor(status: number, message: string, problem?: ProblemDetails) {
    const problems = problem?.problems?.map((each) => ({ ...each, message: withoutPlace(each) }));
    const isOfFields = problems?.some((each, index) => each.message !== problem?.problems?.[index]?.message) === true;
    super(isOfFields ? (problems ?? []).map((each) => each.message).join('; ') : message);
    this.name = 'ApiError';
    this.status = status;
    this.problem = problems === undefined ? problem : ({ ...problem, problems } as ProblemDetails);
  }
}

/** A program is told the place in what it sent, as `body.to: …`; who filled in a form knows no such place. */
function withoutPlace({ path, message }: { path: string; message: string }): string {
  const place = ['body', 'query', 'path']
    .map((where) => `${path === '' ? where : `${where}.${path}`}: `)
    .find((each) => message.startsWith(each));
  return message.slice(place?.length ?? 0);
}

/** What is wrong, each once: problems where there are any, else the whole. */
export function refusalTexts(error: unknown): string[] {
  const problems = error instanceof ApiError ? (error.problem?.problems ?? []) : [];
  if (problems.length === 0) return [errorText(error)];
  return [
    ...new Set(
      problems.map(({ message, remedy }) => (remedy === undefined ? message : `${sentence(message)} ${remedy}`)),
    ),
  ];
}

export function isNotFound(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404;
}

/** It was asked for what is wrong: the same again is refused again. */
export function isRefusal(error: unknown): boolean {
  return error instanceof ApiError && error.status >= 400 && error.status < 500;
}

/** The server could not be reached. */
export function isAway(error: unknown): boolean {
  return error instanceof ApiError && error.status === 0;
}

/** Cause and remedy in one or two sentences. */
export function errorText(error: unknown): string {
  if (!(error instanceof ApiError)) return error instanceof Error ? error.message : String(error);
  const remedy = error.problem?.remedy;
  return remedy === undefined ? error.message : `${sentence(error.message)} ${sentence(remedy)}`;
}

function sentence(text: string): string {
  return /[.?]$/.test(text) ? text : `${text}.`;
}
