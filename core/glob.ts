type Token = { text: string } | 'one' | 'name' | 'all' | 'folders';

/**
 * Whether the pattern is all of the text: `*` is any text without `/`, `?` one character but `/`, `**` any text, and
 * at the beginning of a name `**` with its slash any number of folders. Takes no more steps than both are long,
 * multiplied: whoever chooses the text cannot make it long.
 */
export function matchesGlob(pattern: string, text: string): boolean {
  let reached = new Set([0]);
  for (const token of tokensOf(pattern)) {
    if (reached.size === 0) return false;
    reached = after(token, text, reached);
  }
  return reached.has(text.length);
}

/** Of several the last that matches decides; one that begins with `!` takes out. */
export function matchesGlobs(patterns: readonly string[], text: string): boolean {
  let matches = false;
  for (const pattern of patterns) {
    const takesOut = pattern.startsWith('!');
    if (matches !== takesOut) continue;
    if (matchesGlob(takesOut ? pattern.slice(1) : pattern, text)) matches = !takesOut;
  }
  return matches;
}

function tokensOf(pattern: string): Token[] {
  const tokens: Token[] = [];
  for (const [part] of pattern.matchAll(/(?<![^/])\*\*\/|\*\*+|\*|\?|[^*?]+/g)) {
    if (part === '**/') tokens.push('folders');
    else if (part === '*') tokens.push('name');
    else if (part === '?') tokens.push('one');
    else tokens.push(part.startsWith('*') ? 'all' : { text: part });
  }
  return tokens;
}

/** Places in the text where a token may end that begins at one of these. */
function after(token: Token, text: string, from: ReadonlySet<number>): Set<number> {
  if (typeof token === 'object') {
    return new Set([...from].flatMap((at) => (text.startsWith(token.text, at) ? [at + token.text.length] : [])));
  }
  if (token === 'one') {
    return new Set([...from].flatMap((at) => (at < text.length && text[at] !== '/' ? [at + 1] : [])));
  }
  const places = new Set(from);
  let within = false;
  for (let at = Math.min(...from); at < text.length; at += 1) {
    within ||= from.has(at);
    if (token === 'name' && text[at] === '/') within = false;
    else if (within && (token !== 'folders' || text[at] === '/')) places.add(at + 1);
  }
  return places;
}
