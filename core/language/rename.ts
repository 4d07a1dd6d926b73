import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument } from 'yaml';
import type { Problem } from '../errors.ts';
import type { Path } from './document.ts';
import { type SavedDefinition, savedFile } from './library.ts';
import { isInPlace, scalarText } from './plain-scalar.ts';
import { type Meaning, placesOf, type Reference } from './references.ts';

interface Edit {
  start: number;
  end: number;
  text: string;
}

/**
 * The text of a definition once something of the library is called otherwise; undefined where it does not name it. All else
 * stays as it was written, and so does what its own Jobs and Actions are called, as expressions go by that. `meaning` is
 * that of names before.
 */
export function withRenamed(
  definition: SavedDefinition,
  { kind, from, to }: { kind: Reference['kind']; from: string; to: string },
  meaning: Meaning,
): { source: string } | { problems: Problem[] } | undefined {
  const places = placesOf(definition.kind, definition.spec, meaning)
    .filter((place) => place.kind === kind && place.name === from)
    .map(({ path, isKey, givesName }) => ({ path, isKey, givesName }));
  if (definition.kind === kind && definition.name === from) {
    places.push({ path: ['name'], isKey: false, givesName: false });
  }
  if (places.length === 0) return undefined;

  const { source } = definition;
  const lines = new LineCounter();
  const document = parseDocument(source, { uniqueKeys: false, lineCounter: lines });
  const edits = new Map<number, Edit>();
  const problems: Problem[] = [];
  for (const { path, isKey, givesName } of places) {
    const pair = pairAt(path);
    const written = (isKey ? pair?.key : pair?.value) ?? null;
    if (pair === undefined || !isInPlace(written)) {
      problems.push(byAnchor(path, written ?? pair?.key ?? null));
      continue;
    }
    const [start, end] = written.range;
    const name = givesName ? nameBefore(pair) : undefined;
    if (name !== undefined && !isKey) edits.set(name.start, name);
    edits.set(start, { start, end, text: (isKey ? (name?.text ?? '') : '') + scalarText(to) });
  }
  return problems.length > 0 ? { problems } : { source: applied(source, [...edits.values()]) };

  /** Of the field that a path ends with. */
  function pairAt(path: Path): Pair<Node, Node | null> | undefined {
    let node = document.contents as Node | null | undefined;
    let pair: Pair<Node, Node | null> | undefined;
    for (const step of path) {
      if (isAlias(node)) node = node.resolve(document);
      pair = isMap(node)
        ? (node.items.find(({ key }) => isScalar(key) && key.value === step) as typeof pair)
        : undefined;
      node = isSeq(node) ? (node.items[Number(step)] as Node | undefined) : pair?.value;
    }
    return pair;
  }

  /** Writes down, before a field, the name that its value gave until now. */
  function nameBefore({ key }: Pair<Node, Node | null>): Edit {
    const start = key.range?.[0] ?? 0;
    const column = start - source.lastIndexOf('\n', start - 1) - 1;
    const isInLine = inFlow(start);
    const newline = source.includes('\r\n') ? '\r\n' : '\n';
    const separator = isInLine ? ', ' : newline + ' '.repeat(column);
    return { start, end: start, text: `name: ${scalarText(from)}${separator}` };
  }

  /** Whether a place is inside { } or [ ], where a line's end separates nothing. */
  function inFlow(offset: number): boolean {
    let node = document.contents as Node | null;
    while (node !== null) {
      if ((isMap(node) || isSeq(node)) && node.flow === true) return true;
      const inner: (Node | null)[] = isMap(node)
        ? node.items.map(({ value }) => value as Node | null)
        : isSeq(node)
          ? (node.items as (Node | null)[])
          : [];
      node = inner.find((one) => one?.range && one.range[0] <= offset && offset < one.range[2]) ?? null;
    }
    return false;
  }

  function byAnchor(path: Path, node: Node | null): Problem {
    const { line, col } = lines.linePos(node?.range?.[0] ?? 0);
    return {
      file: savedFile(definition),
      line,
      column: col,
      path: path.join('.'),
      message: `${from} is not written out here: an anchor, an alias or a block of text stands for it.`,
      remedy: 'Write the name itself, then rename again.',
    };
  }
}

function applied(source: string, edits: readonly Edit[]): string {
  const inOrder = [...edits].sort((a, b) => b.start - a.start);
  return inOrder.reduce((text, { start, end, text: put }) => text.slice(0, start) + put + text.slice(end), source);
}
