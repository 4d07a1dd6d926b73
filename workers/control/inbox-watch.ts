import type { Events } from '../../platform/events/index.ts';

/** Decides as soon as something is received; what is missed a sweep finds. */
export function watchInbox(
  events: Pick<Events, 'subscribe'>,
  decide: () => Promise<unknown>,
  warn: (message: string, error: unknown) => void,
): { stop(): Promise<void> } {
  let running: Promise<void> | undefined;
  let again = false;

  async function run(): Promise<void> {
    do {
      again = false;
      await decide().catch((error: unknown) => warn('could not decide what was received', error));
    } while (again);
    running = undefined;
  }

  const unsubscribe = events.subscribe(({ kind }) => {
    if (kind !== 'delivery' && kind !== 'resync') return;
    again = true;
    running ??= run();
  });
  return {
    async stop() {
      unsubscribe();
      await running;
    },
  };
}
