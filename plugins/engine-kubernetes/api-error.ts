import { PalvellaError } from '../../core/errors.ts';

/** The API's status; undefined where there was no answer. */
export function statusOf(error: unknown): number | undefined {
  const { code } = error as { code?: unknown };
  return typeof code === 'number' ? code : undefined;
}

/** Also what the API says of why. */
function apiMessage(error: unknown): string {
  const { body, message } = error as { body?: unknown; message: string };
  try {
    const said = (typeof body === 'string' ? (JSON.parse(body) as unknown) : body) as { message?: string } | undefined;
    return said?.message ?? message;
  } catch {
    return message;
  }
}

/** What a call to the cluster threw, as a sentence and with whether trying again can help. */
export function toFailure(error: unknown, at: string): unknown {
  if (error instanceof PalvellaError || !(error instanceof Error) || error.name === 'AbortError') return error;
  const status = statusOf(error);
  if (status === undefined) {
    return new PalvellaError('engine_failed', `the cluster at ${at} cannot be reached: ${error.message}`, {
      cause: error,
    });
  }
  const said = apiMessage(error);
  if (status === 401) {
    return new PalvellaError('engine_refused', `the cluster at ${at} does not accept the Worker’s credentials`, {
      cause: error,
    });
  }
  const code = status >= 500 || status === 429 ? 'engine_failed' : 'engine_refused';
  const what = /exceeded quota/.test(said) ? 'the quota of the namespace is used up' : 'Kubernetes says';
  return new PalvellaError(code, `${what}: ${said}`, { cause: error });
}
