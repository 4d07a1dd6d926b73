export type LogFormat = 'text' | 'json';

/** Where everything goes that the server and its parts say: standard output, one line at a time. */
export interface ServerLog {
  /** Said by `palvella start` itself. */
  say(text: string): void;
  /** A line that the part printed. */
  from(part: string): (line: string) => void;
}

const width = 8;

export function serverLog(
  format: LogFormat,
  write: (line: string) => void = (line) => process.stdout.write(line),
): ServerLog {
  const entry = format === 'json' ? jsonEntry : textEntry;
  return {
    say: (text) => write(format === 'json' ? jsonEntry('start', text) : `${text}\n`),
    from: (part) => (line) => {
      if (line !== '') write(entry(part, line));
    },
  };
}

/** A part's own JSON line goes on as it is, with the part's name; other text becomes a message. */
function jsonEntry(part: string, line: string): string {
  const fields = parse(line) ?? { level: 'info', time: new Date().toISOString(), msg: line };
  return `${JSON.stringify({ ...fields, part })}\n`;
}

function textEntry(part: string, line: string): string {
  const { msg, level, time: _, name: __, pid: ___, hostname: ____, ...rest } = parse(line) ?? { msg: line };
  const more = Object.keys(rest).length === 0 ? '' : ` ${JSON.stringify(rest)}`;
  const grade = level === undefined || level === 'info' || level === 30 ? '' : `${levelName(level)} `;
  return `${part.padEnd(width)} | ${grade}${String(msg)}${more}\n`;
}

function parse(line: string): Record<string, unknown> | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

function levelName(level: unknown): string {
  if (typeof level === 'string') return level;
  if (level === 40) return 'warn';
  return Number(level) >= 50 ? 'error' : 'debug';
}
