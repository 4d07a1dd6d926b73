import { isMap, isScalar, isSeq, type Node } from 'yaml';
import type { Path } from '../text/edit.ts';
import type { ReadText } from '../text/read.ts';

/** What leads to the innermost thing that stands at an offset. */
export function pathAt({ document }: ReadText, offset: number): Path {
  const path: (string | number)[] = [];
  let node: Node | null | undefined = document.contents;
  while (node !== null && node !== undefined) {
    const found: { step: string | number; value: Node | null } | undefined = isMap(node)
      ? lastBefore(
          node.items,
          offset,
          (pair) => pair.key as Node,
          (pair) => ({
            step: String(isScalar(pair.key) ? pair.key.value : pair.key),
            value: pair.value as Node | null,
          }),
        )
      : isSeq(node)
        ? lastBefore(
            node.items as (Node | null)[],
            offset,
            (item) => item,
            (item, index) => ({ step: index, value: item }),
          )
        : undefined;
    if (found === undefined) break;
    path.push(found.step);
    node = found.value;
  }
  return path;
}

function lastBefore<Item, Found>(
  items: readonly Item[],
  offset: number,
  nodeOf: (item: Item) => Node | null,
  made: (item: Item, index: number) => Found,
): Found | undefined {
  const index = items.findLastIndex((item) => {
    const start = nodeOf(item)?.range?.[0];
    // A list's item begins at its dash.
    return start !== undefined && start - 2 <= offset;
  });
  return index === -1 ? undefined : made(items[index] as Item, index);
}

/** From the first to the last character of what a path leads to. */
export function rangeOf({ document, text }: ReadText, path: Path): { from: number; to: number } | null {
  const node = document.getIn(path, true) as Node | undefined;
  if (!node?.range) return null;
  const [from, to] = node.range;
  return { from, to: Math.max(from, text.slice(0, to).trimEnd().length) };
}
