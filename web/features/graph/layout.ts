import dagre from '@dagrejs/dagre';

/** A Job as the graph sees it. `requires` are paths. */
export interface GraphItem {
  path: string;
  parent: string | null;
  requires: readonly string[];
}

export interface Box {
  path: string;
  x: number;
  y: number;
  width: number;
  height: number;
  /** Holds other boxes. */
  group: boolean;
}

export interface Layout {
  boxes: Box[];
  /** Between boxes or bundles. */
  edges: { from: string; to: string }[];
  /** Frames around like Jobs that were packed together; `path` is what edges name. */
  bundles: Omit<Box, 'group'>[];
  width: number;
  height: number;
}

const nodeWidth = 224;
const nodeHeight = 36;
const gap = 12;
const groupPadding = 12;
const groupHeader = 34;
/** More like Jobs than this, side by side, are packed into a grid. */
const bundleFrom = 6;

/**
 * Places Jobs from left to right, each after what it requires. A group is laid out within itself first. Jobs that
 * require the same and are required by the same are packed into one grid, so that 200 in parallel stay readable.
 * Children of `collapsed` groups are left out. `packs` false: each Job stands alone, so that each can be connected.
 */
export function layoutGraph(items: readonly GraphItem[], collapsed: ReadonlySet<string>, packs = true): Layout {
  const children = new Map<string | null, GraphItem[]>();
  for (const item of items) {
    const siblings = children.get(item.parent);
    if (siblings === undefined) children.set(item.parent, [item]);
    else siblings.push(item);
  }
  return layoutLevel(null, children, collapsed, packs);
}

interface Part {
  id: string;
  width: number;
  height: number;
  members: { item: GraphItem; inner: Layout | undefined }[];
  columns: number;
}

function layoutLevel(
  parent: string | null,
  children: ReadonlyMap<string | null, GraphItem[]>,
  collapsed: ReadonlySet<string>,
  packs: boolean,
): Layout {
  const siblings = children.get(parent) ?? [];
  const partOf = new Map<string, Part>();
  const parts: Part[] = [];
  const isGroup = (item: GraphItem) => children.has(item.path) && !collapsed.has(item.path);
  for (const likes of alike(siblings, isGroup)) {
    const part = likes.length < bundleFrom || !packs ? undefined : bundle(likes);
    for (const item of likes) {
      const own = part ?? single(item, isGroup(item) ? layoutLevel(item.path, children, collapsed, packs) : undefined);
      partOf.set(item.path, own);
      if (part === undefined) parts.push(own);
    }
    if (part !== undefined) parts.push(part);
  }
  const edges = edgesBetween(siblings, partOf);
  return place(parts, edges);
}

/** Siblings by what they require and what requires them; a group is like nothing else. */
function alike(siblings: readonly GraphItem[], isGroup: (item: GraphItem) => boolean): GraphItem[][] {
  const dependents = new Map<string, string[]>();
  for (const item of siblings) {
    for (const required of item.requires) dependents.set(required, [...(dependents.get(required) ?? []), item.path]);
  }
  const classes = new Map<string, GraphItem[]>();
  for (const item of siblings) {
    const key = isGroup(item)
      ? item.path
      : JSON.stringify([[...item.requires].sort(), dependents.get(item.path) ?? []]);
    const likes = classes.get(key);
    if (likes === undefined) classes.set(key, [item]);
    else likes.push(item);
  }
  return [...classes.values()];
}

function single(item: GraphItem, inner: Layout | undefined): Part {
  const width = inner === undefined ? nodeWidth : Math.max(nodeWidth, inner.width + 2 * groupPadding);
  const height = inner === undefined ? nodeHeight : inner.height + groupHeader + groupPadding;
  return { id: item.path, width, height, members: [{ item, inner }], columns: 1 };
}

function bundle(likes: readonly GraphItem[]): Part {
  const rows = Math.max(4, Math.ceil(Math.sqrt(likes.length * 2)));
  const columns = Math.ceil(likes.length / rows);
  return {
    id: `bundle:${likes[0]?.path}`,
    width: columns * (nodeWidth + gap) + gap,
    height: Math.ceil(likes.length / columns) * (nodeHeight + gap) + gap,
    members: likes.map((item) => ({ item, inner: undefined })),
    columns,
  };
}

function edgesBetween(siblings: readonly GraphItem[], partOf: ReadonlyMap<string, Part>): Layout['edges'] {
  const edges = new Map<string, { from: string; to: string }>();
  for (const item of siblings) {
    const to = partOf.get(item.path)?.id;
    for (const required of item.requires) {
      const from = partOf.get(required)?.id;
      if (from !== undefined && to !== undefined && from !== to) edges.set(`${from}\n${to}`, { from, to });
    }
  }
  return [...edges.values()];
}

function place(parts: readonly Part[], edges: Layout['edges']): Layout {
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({ rankdir: 'LR', nodesep: gap, ranksep: 32, edgesep: 8 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const part of parts) graph.setNode(part.id, { width: part.width, height: part.height });
  for (const { from, to } of edges) graph.setEdge(from, to);
  dagre.layout(graph);
  const layout: Layout = { boxes: [], edges: [...edges], bundles: [], width: 0, height: 0 };
  for (const part of parts) {
    const { x, y } = graph.node(part.id);
    add(layout, part, x - part.width / 2, y - part.height / 2);
  }
  return layout;
}

function add(layout: Layout, part: Part, x: number, y: number): void {
  layout.width = Math.max(layout.width, x + part.width);
  layout.height = Math.max(layout.height, y + part.height);
  const [only] = part.members;
  if (part.members.length > 1 || only === undefined) {
    layout.bundles.push({ path: part.id, x, y, width: part.width, height: part.height });
    part.members.forEach(({ item }, index) => {
      const column = index % part.columns;
      const row = Math.floor(index / part.columns);
      const left = x + gap + column * (nodeWidth + gap);
      const top = y + gap + row * (nodeHeight + gap);
      layout.boxes.push({ path: item.path, x: left, y: top, width: nodeWidth, height: nodeHeight, group: false });
    });
    return;
  }
  const { item, inner } = only;
  layout.boxes.push({ path: item.path, x, y, width: part.width, height: part.height, group: inner !== undefined });
  if (inner === undefined) return;
  const dx = x + groupPadding;
  const dy = y + groupHeader;
  for (const box of inner.boxes) layout.boxes.push({ ...box, x: box.x + dx, y: box.y + dy });
  for (const frame of inner.bundles) layout.bundles.push({ ...frame, x: frame.x + dx, y: frame.y + dy });
  layout.edges.push(...inner.edges);
}
