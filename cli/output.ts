/** Everything that a command prints goes through here: `--json` prints one value, people get text. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

export function printLine(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Columns as wide as their widest cell, two spaces between them. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((name, column) => Math.max(name.length, ...rows.map((row) => (row[column] ?? '').length)));
  return [head, ...rows]
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

const controls = new RegExp('[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f]', 'g');
const colours = new RegExp('\\u001b\\[[0-9;]*m', 'g');

/**
 * Text of a run as a terminal may show it: its colours stay, and nothing else in it can move the cursor, set the
 * title, write the clipboard or make a link.
 */
export function safeText(text: string): string {
  let safe = '';
  let at = 0;
  for (const colour of text.matchAll(colours)) {
    safe += text.slice(at, colour.index).replace(controls, '') + colour[0];
    at = colour.index + colour[0].length;
  }
  return safe + text.slice(at).replace(controls, '');
}

/** As above for text beside our own words: further lines are indented, so that none looks like one of ours. */
export function safeInline(text: string): string {
  return safeText(text).trimEnd().replaceAll('\n', '\n      ');
}

/** Above so many characters a line goes on in parts. */
const longestLine = 1024 * 1024;

/** A stream of text as above, a line at a time, so that no colour is cut apart. */
export async function* safeLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of chunks) {
    rest += decoder.decode(chunk, { stream: true });
    const end = rest.length > longestLine ? rest.length : rest.lastIndexOf('\n') + 1;
    if (end === 0) continue;
    yield safeText(rest.slice(0, end));
    rest = rest.slice(end);
  }
  yield safeText(rest + decoder.decode());
}

/** `1h 2m`, `3m 4s`, `5.6s`. */
export function duration(from: string | null, to: string | null, now = Date.now()): string {
  if (from === null) return '';
  const seconds = ((to === null ? now : Date.parse(to)) - Date.parse(from)) / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)}s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)}m ${Math.floor(seconds % 60)}s`;
  return `${Math.floor(seconds / 3600)}h ${Math.floor((seconds % 3600) / 60)}m`;
}
