import { ApplicationFailure } from '@temporalio/common';
import { errorCode, errorCodes } from '../../core/errors.ts';

/** Which errors are worth another try is said by their codes. */
export function withFailures<Activities extends object>(activities: Activities): Activities {
  const wrapped = Object.entries(activities).map(([name, run]) => [
    name,
    async (...args: unknown[]) => {
      try {
        return await (run as (...args: unknown[]) => Promise<unknown>)(...args);
      } catch (error) {
        const code = errorCode(error);
        if (code === undefined) throw error;
        const { message } = error as Error;
        throw ApplicationFailure.create({ type: code, nonRetryable: !errorCodes[code].retry, message });
      }
    },
  ]);
  return Object.fromEntries(wrapped) as unknown as Activities;
}
