import { nearestHint } from '../nearest.ts';
import { at, isFull, type Place, type Planning, report } from './planning.ts';

export interface GraphNode {
  name: string;
  requires: readonly string[];
  place: Place;
}

export interface Graph {
  /** Positions of the nodes, each after those that it requires, else as written. */
  order: number[];
  /** What each requires, those that are there. */
  requires: string[][];
  /** Everything upstream of the node at a position. Computed when first asked for. */
  upstream(position: number): ReadonlySet<string>;
}

/** Orders Jobs by `requires`; with `sequence` each also requires the one before it. */
export function planGraph(planning: Planning, nodes: readonly GraphNode[], sequence: boolean): Graph {
  const positions = new Map<string, number>();
  for (const [position, { name, place }] of nodes.entries()) {
    if (positions.has(name)) report(planning, at(place, 'name'), `the Job ${name} is there twice`);
    else positions.set(name, position);
  }
  const before = nodes.map((node, position) => {
    const known = requiredBy(planning, node, positions);
    const last = sequence ? nodes[position - 1]?.name : undefined;
    return last === undefined || known.includes(last) ? known : [last, ...known];
  });
  const order = ordered(before, positions);
  if (order.length < nodes.length) reportRings(planning, nodes, before, positions, new Set(order));

  const sets = new Map<number, ReadonlySet<string>>();
  const upstream = (position: number): ReadonlySet<string> => {
    const known = sets.get(position);
    if (known !== undefined) return known;
    const found = new Set<string>();
    const left = [...(before[position] ?? [])];
    for (let name = left.pop(); name !== undefined; name = left.pop()) {
      if (found.has(name)) continue;
      found.add(name);
      left.push(...(before[positions.get(name) as number] ?? []));
    }
    sets.set(position, found);
    return found;
  };
  return { order, requires: before, upstream };
}

function requiredBy(planning: Planning, node: GraphNode, positions: ReadonlyMap<string, number>): string[] {
  const known = new Set<string>();
  for (const [index, name] of node.requires.entries()) {
    if (isFull(planning)) break;
    const place = at(node.place, 'requires', index);
    if (name === node.name) report(planning, place, `the Job ${name} requires itself`);
    else if (known.has(name)) report(planning, place, `${name} is there twice`);
    else if (positions.has(name)) known.add(name);
    else
      report(
        planning,
        place,
        `there is no Job ${JSON.stringify(name)} beside this one${nearestHint(name, positions.keys())}`,
      );
  }
  return [...known];
}

/** A stable order: as written, but each after those that it requires. Those of a ring are left out. */
function ordered(before: readonly (readonly string[])[], positions: ReadonlyMap<string, number>): number[] {
  const order: number[] = [];
  const state: ('new' | 'open' | 'done' | 'ring')[] = before.map(() => 'new');
  const visit = (start: number): void => {
    // By hand, not by calls: a chain of 2,000 Jobs written backwards must not end the stack.
    const stack = [start];
    while (stack.length > 0) {
      const position = stack.at(-1) as number;
      if (state[position] === 'new') {
        state[position] = 'open';
        const names = before[position] ?? [];
        const left = names.map((name) => positions.get(name) as number).filter((one) => state[one] === 'new');
        if (left.length > 0) stack.push(...left.reverse());
      } else {
        stack.pop();
        if (state[position] !== 'open') continue;
        const clear = (before[position] ?? []).every((name) => state[positions.get(name) as number] === 'done');
        state[position] = clear ? 'done' : 'ring';
        if (clear) order.push(position);
      }
    }
  };
  for (const position of before.keys()) visit(position);
  return order;
}

function reportRings(
  planning: Planning,
  nodes: readonly GraphNode[],
  before: readonly (readonly string[])[],
  positions: ReadonlyMap<string, number>,
  free: ReadonlySet<number>,
): void {
  const told = new Set<string>();
  for (const [start, node] of nodes.entries()) {
    if (free.has(start) || told.has(node.name)) continue;
    const path: string[] = [];
    let name: string | undefined = node.name;
    while (name !== undefined && !path.includes(name) && !told.has(name)) {
      path.push(name);
      const names: readonly string[] = before[positions.get(name) as number] ?? [];
      name = names.find((one) => !free.has(positions.get(one) as number));
    }
    for (const one of path) told.add(one);
    if (name === undefined || !path.includes(name)) continue;
    const ring = [...path.slice(path.indexOf(name)), name];
    const first = nodes[positions.get(name) as number] ?? node;
    report(planning, at(first.place, 'requires'), `these Jobs require one another: ${ring.join(' → ')}`, {
      remedy: 'None of them could ever start; take one requirement away.',
    });
  }
}
