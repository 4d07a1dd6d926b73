import { isScalar, type Node, parse, type Scalar } from 'yaml';

/** A value that stands in the text by itself, so that another may be written in its place. */
export function isInPlace(node: Node | null | undefined): node is Scalar & { range: [number, number, number] } {
  return (
    isScalar(node) &&
    node.anchor === undefined &&
    node.type !== 'BLOCK_LITERAL' &&
    node.type !== 'BLOCK_FOLDED' &&
    Boolean(node.range)
  );
}

/** In double quotes a text may stand everywhere; plain only what means itself. */
export function scalarText(value: string): string {
  return /^[A-Za-z0-9][\w./-]*$/.test(value) && parse(value) === value ? value : JSON.stringify(value);
}
