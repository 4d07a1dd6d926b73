/** Two versions that are compared, as the address has them: `3..5`. Undefined where it has none. */
export function readRange(text: string): { from: number; to: number } | undefined {
  const [, from, to] = /^([1-9]\d{0,8})\.\.([1-9]\d{0,8})$/.exec(text) ?? [];
  return from === undefined || to === undefined ? undefined : { from: Number(from), to: Number(to) };
}

export function rangeText(from: number, to: number): string {
  return `${from}..${to}`;
}
