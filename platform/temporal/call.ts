import { type Client, isGrpcDeadlineError, isGrpcServiceError } from '@temporalio/client';
import { PalvellaError } from '../../core/errors.ts';

const patienceMs = 5_000;
const invalid = 3;
/** Cancelled, too late, exhausted or not there: the same may work in a moment. */
const unreachable: ReadonlySet<number> = new Set([1, 4, 8, 14]);

/** Asks Temporal for what somebody waits for. Where it is away that is `unavailable`, within seconds. */
export function callTemporal<Result>(
  client: Client,
  work: () => Promise<Result>,
  withinMs = patienceMs,
): Promise<Result> {
  return client.withDeadline(Date.now() + withinMs, work).catch(refused);
}

function refused(error: unknown): never {
  if (causesOf(error).some(isAway)) {
    throw new PalvellaError('unavailable', 'Temporal cannot be reached.', {
      remedy: 'Try again in a moment.',
      cause: error,
    });
  }
  throw error;
}

function isAway(error: Error): boolean {
  const code = isGrpcServiceError(error) ? error.code : undefined;
  return isGrpcDeadlineError(error) || (code !== undefined && unreachable.has(code));
}

/** What Temporal found wrong with what it was asked for; undefined where that is not why it failed. */
export function refusalIn(error: unknown): string | undefined {
  // What the SDK makes of times that Temporal finds wrong.
  if (error instanceof TypeError) return error.message;
  return causesOf(error)
    .filter(isGrpcServiceError)
    .find(({ code }) => code === invalid)?.details;
}

/** An error, and what it came from. */
function causesOf(error: unknown): Error[] {
  const causes: Error[] = [];
  for (let each = error; each instanceof Error && causes.length < 4; each = each.cause) causes.push(each);
  return causes;
}
