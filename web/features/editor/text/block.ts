import { isCollection, isMap, isPair, isScalar, type Node, type YAMLMap, type YAMLSeq } from 'yaml';

/** A list or map that is written in lines, cut into the lines of its entries. Comments go with what follows them. */
export interface Block {
  start: number;
  end: number;
  column: number;
  /** The first entry begins in the middle of a line, as that of `- name: a`. */
  isInline: boolean;
  segments: string[];
  /** Where within its segment each entry begins. */
  entries: number[];
}

export function blockOf(text: string, node: YAMLMap | YAMLSeq, isRoot: boolean): Block | undefined {
  if (!node.range || node.flow || node.items.length === 0) return undefined;
  const first = node.range[0];
  const column = first - lineStart(text, first);
  const isInline = text.slice(first - column, first).trim() !== '';
  const start = isInline ? first : isRoot ? first - column : withComments(text, first - column);
  const segments: string[] = [];
  const entries: number[] = [];
  let from = start;
  for (const item of node.items) {
    const head = isMap(node) ? headOf(item) : dashBefore(text, from, column);
    if (head === undefined || head < from) return undefined;
    const end = lineEnd(text, endOf(text, item, head));
    segments.push(text.slice(from, end));
    entries.push(head - from);
    from = end;
  }
  return { start, end: from, column, isInline, segments, entries };
}

/** The text with the block's entries replaced. */
export function withSegments(text: string, block: Block, segments: readonly string[]): string {
  const indent = ' '.repeat(block.column);
  const lines = segments.map((segment, index) => {
    const whole = segment.endsWith('\n') ? segment : `${segment}\n`;
    if (index === 0 && block.isInline) return whole.replace(/^[ \n]+/, '');
    return /^[ \n#]/.test(whole) || block.column === 0 ? whole : indent + whole;
  });
  return text.slice(0, block.start) + lines.join('') + text.slice(block.end);
}

/** What is left of the lines before an entry when it goes: all but the comment that is its own. */
export function leftBefore(segment: string, entry: number): string {
  const before = segment.slice(0, entry);
  const blank = before.lastIndexOf('\n\n');
  return blank === -1 || !before.includes('#') ? '' : before.slice(0, blank + 1);
}

/** A comment behind the value in its last line. */
export function commentAfter(segment: string): string {
  return /[^\n]*?[ \t](#[^\n]*)\n?$/.exec(segment)?.[1] ?? '';
}

function headOf(item: unknown): number | undefined {
  return isPair(item) && isScalar(item.key) ? item.key.range?.[0] : undefined;
}

function dashBefore(text: string, from: number, column: number): number | undefined {
  const lines = new RegExp(`^ {${column}}-(?=\\s|$)`, 'gm');
  lines.lastIndex = lineStart(text, from);
  const found = lines.exec(text);
  return found === null ? undefined : found.index + column;
}

/** Where the last thing of an entry ends that is no comment and no blank line. */
function endOf(text: string, item: unknown, head: number): number {
  if (isPair(item)) {
    const key = (item.key as Node).range?.[1] ?? head;
    return Math.max(text.indexOf(':', key) + 1, endOf(text, item.value, key));
  }
  const node = item as Node | null;
  if (node === null || !node.range) return head + 1;
  const last = isCollection(node) && !node.flow ? node.items.at(-1) : undefined;
  if (last !== undefined) return endOf(text, last, node.range[0]);
  return Math.max(head + 1, text.slice(0, node.range[1]).trimEnd().length);
}

/** Upwards over the comment lines that stand directly above. */
function withComments(text: string, start: number): number {
  let from = start;
  while (from > 0) {
    const above = lineStart(text, from - 1);
    if (!text.slice(above, from).trim().startsWith('#')) break;
    from = above;
  }
  return from;
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** After the line break of the line. */
function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end === -1 ? text.length : end + 1;
}
