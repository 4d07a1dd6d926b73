/** A text cut at its `${{ expression }}` parts, or why it cannot be. */
export function splitTemplate(text: string): { parts: (string | { expr: string })[] } | { fault: string } {
  const parts: (string | { expr: string })[] = [];
  let at = 0;
  for (;;) {
    const start = text.indexOf('${{', at);
    if (start < 0) break;
    const end = endOfExpression(text, start + 3);
    if (end === undefined) return { fault: 'a ${{ is not closed by }}' };
    const expr = text.slice(start + 3, end).trim();
    if (expr === '') return { fault: 'there is nothing between ${{ and }}' };
    if (start > at) parts.push(text.slice(at, start));
    parts.push({ expr });
    at = end + 2;
  }
  if (at < text.length) parts.push(text.slice(at));
  return { parts };
}

/** Where the `}}` stands that is in no text and closes no object of the expression. */
function endOfExpression(text: string, from: number): number | undefined {
  let depth = 0;
  let quote = '';
  for (let at = from; at < text.length; at++) {
    const char = text[at] as string;
    if (quote !== '') {
      if (char === '\\') at++;
      else if (char === quote) quote = '';
    } else if (char === '"' || char === "'") quote = char;
    else if (char === '{') depth++;
    else if (char === '}' && depth > 0) depth--;
    else if (char === '}' && text[at + 1] === '}') return at;
  }
  return undefined;
}
