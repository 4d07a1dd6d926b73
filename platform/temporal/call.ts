import { type Client, isGrpcDeadlineError, isGrpcServiceError } from '@temporalio/client';
import { PalvellaError } from '../../core/errors.ts';

const patienceMs = 5_000;
/** Cancelled, too late, exhausted or not there: the same may work in a moment. */
const unreachable: ReadonlySet<number> = new Set([1, 4, 8, 14]);

/** Asks Temporal for what somebody waits for. Where it is away that is `unavailable`, within seconds. */
export function callTemporal<Result>(client: Client, work: () => Promise<Result>): Promise<Result> {
  return client.withDeadline(Date.now() + patienceMs, work).catch(refused);
}

function refused(error: unknown): never {
  let each = error;
  for (let depth = 0; each instanceof Error && depth < 4; depth += 1) {
    const code = isGrpcServiceError(each) ? each.code : undefined;
    if (isGrpcDeadlineError(each) || (code !== undefined && unreachable.has(code))) {
      throw new PalvellaError('unavailable', 'Temporal cannot be reached.', {
        remedy: 'Try again in a moment.',
        cause: error,
      });
    }
    each = (each as Error).cause;
  }
  throw error;
}
