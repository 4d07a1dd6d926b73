import { PalvellaError } from '../../core/errors.ts';

interface ApiError {
  statusCode?: number;
  json?: { message?: string } | string | null;
  reason?: string;
  message: string;
}

/** The daemon's own words for what went wrong. */
export function apiMessage(error: unknown): string {
  const { json, message } = error as ApiError;
  const said = typeof json === 'string' ? json : json?.message;
  return (said ?? message).trim();
}

export function statusOf(error: unknown): number | undefined {
  return (error as ApiError | null)?.statusCode;
}

/** What a call to the daemon threw, as a sentence and with whether trying again can help. */
export function toFailure(error: unknown, at: string): unknown {
  if (error instanceof PalvellaError || !(error instanceof Error) || error.name === 'AbortError') return error;
  const status = statusOf(error);
  if (status === undefined) {
    return new PalvellaError('engine_failed', `the Docker daemon at ${at} cannot be reached: ${error.message}`, {
      cause: error,
    });
  }
  const code = status >= 500 || status === 429 ? 'engine_failed' : 'engine_refused';
  return new PalvellaError(code, `Docker says: ${apiMessage(error)}`, { cause: error });
}
