import type { LogLine, LogPage } from '../../core/api/objects.ts';
import { type Stream, streams } from '../../core/log-frames.ts';
import { createLineReader, type LineReader } from './line-reader.ts';
import type { Piece } from './piece.ts';
import type { LogState, Pieces } from './pieces.ts';
import { createTextReader } from './text.ts';

/** Beyond so much text a page ends early, but not before so many lines. */
const pageBytes = 8 * 1024 * 1024;
const leastLines = 500;

/** `open`: the last of the lines has no end yet, and may grow. */
export interface ReadPage extends LogPage {
  open: boolean;
}

export async function readPage(
  pieces: Pieces,
  log: LogState,
  { from, limit }: { from: number; limit: number },
): Promise<ReadPage> {
  const to = Math.min(from + limit, log.lines + 1);
  const page = { lines: [] as LogLine[], total: log.lines, closed: log.closed, open: false };
  if (from >= to) return page;
  let reader: LineReader | undefined;
  let bytes = 0;
  for await (const piece of pieces.read(log, { line: from })) {
    reader ??= createLineReader(before(piece), { from, to });
    for (const line of reader.read(piece.frames)) {
      if (bytes > pageBytes && page.lines.length >= leastLines) return page;
      page.lines.push(line);
      bytes += line.text.length;
    }
    if (page.lines.length === to - from) return page;
  }
  const rest = reader?.rest();
  if (rest !== undefined) page.lines.push(rest);
  page.open = rest !== undefined && !log.closed;
  return page;
}

export async function* readText(pieces: Pieces, log: LogState, only?: Stream): AsyncGenerator<Uint8Array, boolean> {
  const reader = createTextReader(only);
  for await (const { frames } of pieces.read(log, { at: 0 })) {
    const text = reader.read(frames);
    if (text.length > 0) yield text;
  }
  return reader.isOpen();
}

function before({ firstLine, joins, opens }: Piece) {
  return { n: firstLine - 1, open: joins ? streams[opens] : undefined };
}
