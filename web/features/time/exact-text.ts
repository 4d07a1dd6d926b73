/** Made when it is first asked for, as that takes longer than to draw a page of rows. */
let exact: Intl.DateTimeFormat | undefined;

/** A moment in the reader's own language and zone. Takes milliseconds. */
export function exactText(time: number): string {
  exact ??= new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
  return exact.format(time);
}
