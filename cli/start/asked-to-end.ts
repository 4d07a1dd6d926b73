/** One Ctrl-C comes more than once: the terminal tells all of its processes, and npm and bin.js pass on what they were told. */
const sameMs = 1_000;

/** Aborted by the first Ctrl-C, SIGTERM or SIGHUP; one that is sent again after a moment ends this process at once. */
export function askedToEnd(signals: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP']): AbortSignal {
  const control = new AbortController();
  let first = 0;
  for (const name of signals) {
    process.on(name, () => {
      if (control.signal.aborted) {
        if (performance.now() - first > sameMs) process.exit(1);
        return;
      }
      first = performance.now();
      control.abort();
    });
  }
  return control.signal;
}

/** Acts at once where it was asked before: a signal comes whenever it comes. */
export function whenAsked(asked: AbortSignal, act: () => void): void {
  if (asked.aborted) act();
  else asked.addEventListener('abort', act, { once: true });
}
