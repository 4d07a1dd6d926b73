/** Two versions that are compared, as the address has them: `3..5`. Undefined where it has none. */
export function readRange(text: string): { from: number; to: number } | undefined {
  const [, from, to] = /^(\d{1,9})\.\.(\d{1,9})$/.exec(text) ?? [];
  return from === undefined || to === undefined ? undefined : { from: Number(from), to: Number(to) };
}

export function rangeText(from: number, to: number): string {
  return `${from}..${to}`;
}
