import { isCollection, isMap, isScalar, isSeq, type Node } from 'yaml';
import { isObject } from '../../../../core/is-object.ts';
import type { Json } from '../../../../core/json.ts';
import { pathText } from '../../../../core/language/document.ts';
import { type Block, blockOf, commentAfter, leftBefore, withSegments } from './block.ts';
import { type Edit, isSame, jsonAfter, jsonAt, type Path } from './edit.ts';
import { changeDocument, keyOf, nodesOn } from './nodes.ts';
import { printEntry, printed, printFlow, printScalar, type Style, styleOf } from './print.ts';
import { freshRead, type ReadText, readText } from './read.ts';

/** An edit that cannot be made in the text; the message is for people. */
export class EditRefused extends Error {}

/**
 * The text after an edit. Only the lines that it is about are written anew, so comments and layout stay. What comes out
 * always says what the edit wants: where the smallest change of the text would not, the document is printed as a whole.
 */
export function applyEdit(text: string, edit: Edit): string {
  const read = readText(text);
  if (read === undefined) throw new EditRefused('The YAML has a fault. Mend it there first.');
  refuseOtherShape(read.json, edit.path);
  const whole = onExisting(read.json, edit);
  const wanted = jsonAfter(read.json, whole);
  if (isSame(wanted, read.json) && whole.op !== 'rename' && whole.op !== 'move') return text;
  for (const way of [smallest, printedAnew]) {
    const after = way(text, whole);
    const said = after === undefined ? undefined : readText(after)?.json;
    if (after !== undefined && said !== undefined && isSame(said, wanted)) return after;
  }
  throw new EditRefused('This is written by reference to another part of the YAML. Change it there.');
}

export function applyEdits(text: string, edits: readonly Edit[]): string {
  return edits.reduce(applyEdit, text);
}

/** What somebody wrote where a list or fields belong is theirs to change: to write over it would lose it. */
function refuseOtherShape(json: Json, path: Path): void {
  for (const [depth, step] of path.entries()) {
    const holder = jsonAt(json, path.slice(0, depth)) ?? null;
    const wantsList = typeof step === 'number';
    if (holder === null || (wantsList ? Array.isArray(holder) : isObject(holder))) continue;
    const what = depth === 0 ? 'The document' : pathText(path.slice(0, depth));
    throw new EditRefused(`${what} is not ${wantsList ? 'a list' : 'made of fields'}. Mend it in the YAML first.`);
  }
}

/** The edit of the first thing on the way that is not there, with all that is to be in it. */
function onExisting(json: Json, edit: Edit): Edit {
  if (edit.op === 'remove' && edit.path.length > 1) {
    const above = edit.path.slice(0, -1);
    const holder = jsonAt(json, above);
    const isLast = typeof holder === 'object' && holder !== null && Object.keys(holder).length === 1;
    return isLast
      ? { op: 'set', path: above, value: jsonAfter(holder, { op: 'remove', path: edit.path.slice(-1) }) }
      : edit;
  }
  if (edit.op !== 'set' && edit.op !== 'insert') return edit;
  for (let depth = 0; depth < edit.path.length; depth++) {
    const above = edit.path.slice(0, depth);
    const holder = jsonAt(json, above);
    const isEmpty = typeof holder === 'object' && holder !== null && Object.keys(holder).length === 0;
    const fits = Array.isArray(holder) === (typeof edit.path[depth] === 'number');
    if (holder !== undefined && holder !== null && !(isEmpty && fits)) continue;
    const rest = { ...edit, path: edit.path.slice(depth) };
    return { op: 'set', path: above, value: jsonAfter(typeof rest.path[0] === 'number' ? [] : {}, rest) };
  }
  return edit;
}

function smallest(text: string, edit: Edit): string | undefined {
  const read = readText(text) as ReadText;
  const style = styleOf(text);
  const nodes = nodesOn(read.document, edit.path);
  const flow = nodes.find((each): each is Node => isCollection(each) && each.flow === true && each.items.length > 0);
  if (flow !== undefined && nodes.indexOf(flow) < edit.path.length) return inFlow(text, read, edit, flow, style);
  const holder = nodes[edit.path.length - 1];
  const node = nodes[edit.path.length];
  if (edit.op === 'rename') return renamed(text, holder, edit);
  if (edit.op === 'set' && isScalar(node) && (typeof edit.value !== 'object' || edit.value === null)) {
    const spliced = scalarInPlace(text, node, edit.value, false);
    if (spliced !== undefined) return spliced;
  }
  if (!isMap(holder) && !isSeq(holder)) return undefined;
  const block = blockOf(text, holder, edit.path.length === 1);
  const step = edit.path.at(-1) as string | number;
  if (block === undefined) return undefined;
  const index = isMap(holder) ? holder.items.findIndex((pair) => keyOf(pair) === step) : (step as number);
  return inBlock(text, block, holder.items.map(keyOf), index, edit, style);
}

function inBlock(
  text: string,
  block: Block,
  keys: readonly (string | undefined)[],
  index: number,
  edit: Exclude<Edit, { op: 'rename' }>,
  style: Style,
): string | undefined {
  const step = edit.path.at(-1) as string | number;
  const entry = typeof step === 'string' ? { name: step } : ('item' as const);
  const print = (value: Json) => printEntry(entry, value, { column: block.column, path: edit.path }, style);
  const { segments } = block;
  const old = segments[index];
  switch (edit.op) {
    case 'set': {
      if (old === undefined) {
        const at = typeof step === 'string' ? placeFor(step, keys) : segments.length;
        return withSegments(text, block, segments.toSpliced(at, 0, print(edit.value)));
      }
      const head = block.entries[index] ?? 0;
      const before = old.slice(0, old.lastIndexOf('\n', head - 1) + 1);
      const comment = commentAfter(old);
      const own = comment === '' ? '' : `${' '.repeat(block.column)}${comment}\n`;
      return withSegments(text, block, segments.toSpliced(index, 1, before + own + print(edit.value)));
    }
    case 'remove': {
      if (old === undefined || segments.length === 1) return undefined;
      const left = leftBefore(old, block.entries[index] ?? 0);
      const rest = segments.toSpliced(index, 1);
      if (index === 0) rest[0] = (rest[0] as string).replace(/^\n+/, '');
      if (left !== '') rest.splice(index, 1, left + (rest[index] ?? ''));
      return withSegments(text, block, rest);
    }
    case 'insert': {
      const spaced = segments.length > 1 && segments.slice(1).every((segment) => segment.startsWith('\n'));
      const added = print(edit.value);
      if (!spaced) return withSegments(text, block, segments.toSpliced(index, 0, added));
      const after = index === 0 ? segments.with(0, `\n${segments[0]}`) : segments;
      return withSegments(text, block, after.toSpliced(index, 0, index === 0 ? added : `\n${added}`));
    }
    case 'move': {
      if (old === undefined) return undefined;
      return withSegments(text, block, segments.toSpliced(index, 1).toSpliced(edit.to, 0, old));
    }
  }
}

/** New fields come before the long lists, so that they are not lost below them. */
function placeFor(name: string, keys: readonly (string | undefined)[]): number {
  if (name === 'kind') return 0;
  if (name === 'name') return keys.indexOf('kind') + 1;
  const lists = keys.findIndex((key) => key === 'actions' || key === 'jobs');
  return lists === -1 || name === 'actions' || name === 'jobs' ? keys.length : lists;
}

function inFlow(text: string, read: ReadText, edit: Edit, flow: Node, style: Style): string | undefined {
  const at = nodesOn(read.document, edit.path)[edit.path.length];
  if (edit.op === 'set' && isScalar(at) && (typeof edit.value !== 'object' || edit.value === null)) {
    const spliced = scalarInPlace(text, at, edit.value, true);
    if (spliced !== undefined) return spliced;
  }
  const { document } = freshRead(text) as ReadText;
  const depth = nodesOn(read.document, edit.path).indexOf(flow);
  const own = nodesOn(document, edit.path)[depth];
  if (!flow.range || !own || !changeDocument(document, edit)) return undefined;
  const [start, end] = flow.range;
  const before = text.slice(start, end);
  const indent = /^[ -]*/.exec(text.slice(text.lastIndexOf('\n', start - 1) + 1))?.[0].length ?? 0;
  const after = printFlow(own, style, !before.includes('\n')).replaceAll('\n', `\n${' '.repeat(indent)}`);
  return text.slice(0, start) + after + text.slice(end);
}

function scalarInPlace(
  text: string,
  node: Node,
  value: string | number | boolean | null,
  isFlow: boolean,
): string | undefined {
  if (!isScalar(node) || !node.range || node.anchor !== undefined || node.tag !== undefined) return undefined;
  if (node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED') return undefined;
  const printed = printScalar(value, isFlow);
  if (printed.includes('\n')) return undefined;
  const [start, end] = node.range;
  const gap = /[:-]$/.test(text.slice(0, start)) ? ' ' : '';
  return text.slice(0, start) + gap + printed + text.slice(end);
}

function renamed(text: string, holder: unknown, edit: Extract<Edit, { op: 'rename' }>): string | undefined {
  const pair = isMap(holder) ? holder.items.find((each) => keyOf(each) === edit.path.at(-1)) : undefined;
  return isScalar(pair?.key) ? scalarInPlace(text, pair.key, edit.to, false) : undefined;
}

function printedAnew(text: string, edit: Edit): string | undefined {
  const { document } = freshRead(text) as ReadText;
  return changeDocument(document, edit) ? printed(document, styleOf(text)) : undefined;
}
