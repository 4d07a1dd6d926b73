import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode, errorCodes } from '../../core/errors.ts';
import { sentence } from '../../core/sentence.ts';

/** For how long what can help is tried again. */
const patienceMs = 30_000;
const firstRetryMs = 1_000;

/** Tries again for a while where that can help, as while a daemon is away; `say` tells people of it. */
export async function patiently<T>(
  act: () => Promise<T>,
  say: (line: string) => void = () => undefined,
  signal?: AbortSignal,
): Promise<T> {
  const until = performance.now() + patienceMs;
  let told = '';
  for (let delay = firstRetryMs; ; delay *= 2) {
    signal?.throwIfAborted();
    try {
      return await act();
    } catch (error) {
      const code = errorCode(error);
      if (code === undefined || !errorCodes[code].retry || performance.now() > until) throw error;
      const { message } = error as Error;
      if (message !== told) say(`${sentence(message)} Trying again.`);
      told = message;
    }
    await sleep(delay, undefined, { signal });
  }
}
