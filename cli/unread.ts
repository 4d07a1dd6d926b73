/** What to do instead of ending once nothing can be printed any more. */
let instead: (() => void) | undefined;

/** Has a command end quietly where nobody reads on, as `| grep -m1` does, and not by a stack. */
export function endWhenUnread(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (instead !== undefined) return instead();
    if (error.code === 'EPIPE') process.exit();
    process.stderr.write(`What it prints cannot be written: ${error.message}\n`);
    process.exit(1);
  });
  // There is no place left to say so.
  process.stderr.on('error', () => {});
}

/** For a command that has more to do then, such as ending what it has started. May be called several times. */
export function whenUnread(act: () => void): void {
  instead = act;
}
