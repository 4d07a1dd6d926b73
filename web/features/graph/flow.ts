import type { Edge, Node } from '@xyflow/react';
import type { Layout } from './layout.ts';

interface NodeData extends Record<string, unknown> {
  path: string;
  collapsed: boolean;
}
export type GraphNode = Node<NodeData>;

/** A layout as the graph's library draws it. Frames lie below what they hold. */
export function flowOf(
  layout: Layout,
  collapsed: ReadonlySet<string>,
): { key: string; nodes: GraphNode[]; edges: Edge[] } {
  const place = (box: { x: number; y: number; width: number; height: number }) => ({
    position: { x: box.x, y: box.y },
    width: box.width,
    height: box.height,
  });
  const frames = layout.bundles.map(
    (box): GraphNode => ({
      id: box.path,
      type: 'bundle',
      ...place(box),
      zIndex: 2,
      data: { path: box.path, collapsed: false },
    }),
  );
  const boxes = layout.boxes.map(
    (box): GraphNode => ({
      id: box.path,
      type: box.group || collapsed.has(box.path) ? 'jobs' : 'job',
      ...place(box),
      zIndex: box.group ? 0 : 3,
      data: { path: box.path, collapsed: collapsed.has(box.path) },
    }),
  );
  const edges = layout.edges.map(
    ({ from, to }): Edge => ({
      id: `${from}→${to}`,
      source: from,
      target: to,
      zIndex: 1,
    }),
  );
  return { key: `${layout.width}×${layout.height}×${boxes.length}`, nodes: [...frames, ...boxes], edges };
}
