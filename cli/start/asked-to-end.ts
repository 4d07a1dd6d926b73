/** Aborted by the first Ctrl-C, SIGTERM or SIGHUP; a second one ends this process at once. */
export function askedToEnd(): AbortSignal {
  const control = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      if (control.signal.aborted) process.exit(1);
      control.abort();
    });
  }
  return control.signal;
}
