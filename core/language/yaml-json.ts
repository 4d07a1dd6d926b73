import { type Document, isAlias, isMap, isPair, isScalar, isSeq, type Node, type Pair, type YAMLMap } from 'yaml';
import type { Json } from '../json.ts';

/** A fault at a place in the text. */
export interface TextFault {
  offset: number;
  message: string;
  remedy?: string;
}

const mostNodes = 100_000;
const deepest = 64;

/** What a document says, as JSON. Aliases are followed up to a bound, so a bomb of them is refused at once. */
export function documentJson(document: Document.Parsed): { json: Json } | { fault: TextFault } {
  let nodes = 0;
  class Stop extends Error {
    readonly fault: TextFault;
    constructor(node: Node | null, message: string, remedy?: string) {
      super(message);
      const offset = node?.range?.[0] ?? 0;
      this.fault = remedy === undefined ? { offset, message } : { offset, message, remedy };
    }
  }

  function convert(node: Node | null, depth: number): Json {
    nodes++;
    if (nodes > mostNodes) {
      throw new Stop(node, `the file holds more than ${mostNodes} values once its aliases are followed`);
    }
    if (depth > deepest) throw new Stop(node, `values are nested more than ${deepest} deep`);
    if (node === null) return null;
    if (isAlias(node)) {
      const target = node.resolve(document);
      if (target === undefined) throw new Stop(node, `there is no anchor ${JSON.stringify(node.source)} before this`);
      return convert(target, depth + 1);
    }
    if (isSeq(node)) return node.items.map((item) => convert(item as Node | null, depth + 1));
    if (isMap(node)) return object(node, depth);
    if (isScalar(node)) return scalar(node, node.value);
    throw new Stop(node, 'this is no value');
  }

  function object(node: YAMLMap, depth: number): Json {
    const names = new Set<string>();
    const entries = node.items.map((item): [string, Json] => {
      const pair = item as Pair<Node, Node | null>;
      const name = keyText(pair);
      if (names.has(name)) throw new Stop(pair.key, 'this field is there twice');
      names.add(name);
      return [name, convert(pair.value, depth + 1)];
    });
    return Object.fromEntries(entries);
  }

  function keyText({ key }: Pair<Node, Node | null>): string {
    if (!isScalar(key) || typeof key.value !== 'string') {
      throw new Stop(key, 'a field’s name must be text', 'Put it in quotes.');
    }
    if (key.value === '__proto__') throw new Stop(key, 'a field may not be called __proto__');
    return key.value;
  }

  function scalar(node: Node, value: unknown): Json {
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    throw new Stop(node, 'this is no number, text, true, false or null');
  }

  try {
    return { json: convert(document.contents, 0) };
  } catch (error) {
    if (error instanceof Stop) return { fault: error.fault };
    throw error;
  }
}

/** Offset of what a path leads to; `key`: of its name. Where a part is missing, of the last one that is there. */
export function offsetOf(document: Document.Parsed, path: readonly PropertyKey[], key: boolean): number {
  let node: Node | null | undefined = document.contents;
  let offset = node?.range?.[0] ?? 0;
  for (const [depth, step] of path.entries()) {
    if (isAlias(node)) node = node.resolve(document);
    const next: unknown = isMap(node)
      ? node.items.find((pair) => isScalar(pair.key) && pair.key.value === step)
      : isSeq(node)
        ? node.items[Number(step)]
        : undefined;
    if (next === undefined || next === null) return offset;
    const value = (isPair(next) ? next.value : next) as Node | null;
    const name = isPair(next) ? (next.key as Node) : value;
    const wanted = key && depth === path.length - 1 ? name : (value ?? name);
    offset = wanted?.range?.[0] ?? offset;
    node = value;
  }
  return offset;
}
