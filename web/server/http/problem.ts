import { randomUUID } from 'node:crypto';
import type { ProblemDetails } from '../../../core/api/objects.ts';
import { type ErrorCode, errorCode, errorCodes, type PalvellaError } from '../../../core/errors.ts';
import { databaseFault } from '../../../prisma/fault.ts';

/** The part of a pino logger that the API needs. */
export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Any error as RFC 9457. What we did not foresee gets an id, under which its cause is logged, and no detail. */
export function problemOf(error: unknown, log: Log): ProblemDetails {
  const known = errorCode(error) === undefined ? databaseFault(error) : (error as PalvellaError);
  const code = errorCode(known) ?? 'internal';
  if (known === undefined || code === 'internal') {
    const id = randomUUID();
    log.error({ id, err: error }, 'a request failed');
    return details('internal', `Something went wrong on the server. Its log has the cause under ${id}.`);
  }
  if (errorCodes[code].http >= 500) log.warn({ err: error }, 'a request could not be served');
  const problems = (known.problems ?? []).map(({ file, line, column, path, message, remedy, definition }) => ({
    file,
    line,
    column,
    path,
    message,
    ...(remedy === undefined ? {} : { remedy }),
    ...(definition === undefined ? {} : { definition }),
  }));
  return {
    ...details(code, known.message),
    ...(known.remedy === undefined ? {} : { remedy: known.remedy }),
    ...(problems.length === 0 ? {} : { problems }),
  };
}

function details(code: ErrorCode, detail: string): ProblemDetails {
  return { type: 'about:blank', title: code.replaceAll('_', ' '), status: errorCodes[code].http, detail, code };
}

export function problemResponse(problem: ProblemDetails): Response {
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
  });
}
