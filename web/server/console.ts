import { format, stripVTControlCharacters } from 'node:util';
import type { Logger } from 'pino';

/** Next.js says things by the console. They go to the log, so that all that this process prints is JSON. */
export function sendConsoleTo(log: Logger): void {
  const levels = { log: 'info', info: 'info', warn: 'warn', error: 'error' } as const;
  for (const [method, level] of Object.entries(levels)) {
    console[method as keyof typeof levels] = (...args: unknown[]) =>
      log[level](stripVTControlCharacters(format(...args)).trim());
  }
}
