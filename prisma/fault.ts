import { PalvellaError } from '../core/errors.ts';

const networkCodes: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EPIPE',
  'EHOSTUNREACH',
  'P1001',
  'P1002',
  'P1008',
  'P1017',
  'P2024',
]);
/** PostgreSQL's classes of connections, of too few resources and of an operator who ends it. */
const unavailableState = /^(08|53|57P)/;
/** What neither text nor JSON can hold there. */
const unstorable: ReadonlySet<string> = new Set(['22021', '22P05']);

/** What went wrong with the database in words for a client; undefined where it is our own fault. */
export function databaseFault(error: unknown): PalvellaError | undefined {
  for (const { code, message } of causes(error)) {
    if (
      networkCodes.has(code) ||
      unavailableState.test(code) ||
      /^(Connection terminated|timeout exceeded)/.test(message)
    ) {
      return new PalvellaError('unavailable', 'The database cannot be reached.', {
        remedy: 'Try again in a moment.',
        cause: error,
      });
    }
    if (unstorable.has(code) || (code === '22P02' && /\btype json\b/.test(message))) {
      return new PalvellaError(
        'invalid_request',
        'Text may hold neither the character NUL nor half of a surrogate pair.',
        {
          cause: error,
        },
      );
    }
  }
  return undefined;
}

/** The error and what is under it, each with a code as text. */
function causes(error: unknown): { code: string; message: string }[] {
  const found: { code: string; message: string }[] = [];
  let each: unknown = error;
  for (let depth = 0; depth < 5 && typeof each === 'object' && each !== null; depth += 1) {
    const { code, originalCode, message, cause, meta, errors } = each as Record<string, unknown>;
    for (const one of [code, originalCode])
      if (typeof one === 'string') found.push({ code: one, message: String(message) });
    if (code === undefined) found.push({ code: '', message: String(message) });
    const inner = (meta as { driverAdapterError?: unknown } | undefined)?.driverAdapterError;
    each = inner ?? cause ?? (Array.isArray(errors) ? (errors as unknown[])[0] : undefined);
  }
  return found;
}
