/** Whether each word of what is searched for is somewhere in the texts. */
export function matches(q: string, texts: readonly string[]): boolean {
  const all = texts.join('\n').toLowerCase();
  return q
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word));
}
