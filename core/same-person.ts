const named = /^(?:person|token)\/(.+)$/s;

/** All names of whoever has this one: who signs in as `ann` and who calls with a token `ann` is one person. */
export function namesOf(name: string): string[] {
  const own = named.exec(name)?.[1];
  return own === undefined ? [name] : [`person/${own}`, `token/${own}`];
}
