import { type Document, isAlias, isMap, isPair, isScalar, isSeq, type Node, type Pair } from 'yaml';
import type { Edit, Path } from './edit.ts';

/** Makes the edit in the parsed document; false where that cannot be. */
export function changeDocument(document: Document, edit: Edit): boolean {
  try {
    const holder = document.getIn(edit.path.slice(0, -1), true);
    const step = edit.path.at(-1);
    switch (edit.op) {
      case 'set': {
        const value = document.createNode(edit.value);
        if (edit.path.length === 0) document.contents = value as never;
        else document.setIn(edit.path, value);
        return true;
      }
      case 'remove':
        return document.deleteIn(edit.path);
      case 'insert':
        if (isSeq(holder)) holder.items.splice(step as number, 0, document.createNode(edit.value));
        return isSeq(holder);
      case 'move':
        if (isSeq(holder)) holder.items.splice(edit.to, 0, ...holder.items.splice(step as number, 1));
        return isSeq(holder);
      case 'rename': {
        const pair = isMap(holder) ? holder.items.find((each) => keyOf(each) === step) : undefined;
        if (isScalar(pair?.key)) pair.key.value = edit.to;
        return pair !== undefined;
      }
    }
  } catch {
    return false;
  }
}

/** The document's contents and what each step of the path leads to, as far as it does. Aliases are not followed. */
export function nodesOn(document: Document.Parsed, path: Path): (Node | null | undefined)[] {
  let node: Node | null | undefined = document.contents;
  const nodes: (Node | null | undefined)[] = [node];
  for (const step of path) {
    if (isAlias(node)) node = undefined;
    else if (isMap(node)) node = node.items.find((pair) => keyOf(pair) === step)?.value as Node | null | undefined;
    else node = isSeq(node) ? (node.items[Number(step)] as Node | null | undefined) : undefined;
    nodes.push(node);
  }
  return nodes;
}

/** The name of a map's field. */
export function keyOf(item: unknown): string | undefined {
  const key = isPair(item) ? (item as Pair).key : undefined;
  return isScalar(key) ? String(key.value) : undefined;
}
