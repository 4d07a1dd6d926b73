import { Document, isCollection, isMap, isScalar, isSeq, Lexer, type Node } from 'yaml';
import type { Json } from '../../../../core/json.ts';
import type { Path } from './edit.ts';

/** How a text is written, so that what is added to it looks like the rest. */
export interface Style {
  /** Whether the items of a list stand further in than the field that has them. */
  indentsLists: boolean;
  /** Whether braces have spaces within. */
  padsBraces: boolean;
  padsBrackets: boolean;
}

/** What is longer than this in one line is written in several. */
const longestFlow = 80;
/** Lists of things that people read one below the other. */
const blockLists: ReadonlySet<string | number> = new Set(['jobs', 'actions', 'runs']);
/** The same, but each thing in one line. */
const linedLists: ReadonlySet<string | number> = new Set(['parameters', 'params']);

export function styleOf(text: string): Style {
  const list = /^( *)(?:- )?[\w"'-]+:[ \t]*(?:#.*)?\n(?:[ \t]*(?:#.*)?\n)*( *)- /m.exec(text);
  const braces = /[:\-,[][ \t]+\{( ?)[\w"']/.exec(text);
  const brackets = /[:\-,{][ \t]+\[( ?)[\w"']/.exec(text);
  return {
    indentsLists: list === null || (list[2] ?? '').length > (list[1] ?? '').length,
    padsBraces: braces === null || braces[1] === ' ',
    padsBrackets: brackets?.[1] === ' ',
  };
}

/** `name: value`, or an item of a list, as lines that begin at this column; ends in a line break. */
export function printEntry(
  entry: { name: string } | 'item',
  value: Json,
  at: { column: number; path: Path },
  style: Style,
): string {
  const document = new Document();
  const node = document.createNode(value) as Node;
  shape(node, at.path);
  document.contents = (
    entry === 'item' ? document.createNode([]) : document.createNode({ [entry.name]: null })
  ) as never;
  const { contents } = document as { contents: unknown };
  if (isSeq(contents)) contents.items.push(node);
  else if (isMap(contents) && entry !== 'item') contents.set(entry.name, node);
  const indent = ' '.repeat(at.column);
  return printed(document, style).replaceAll(/^(?=.)/gm, indent);
}

/** A node that stands in one line, or between brackets; without a line break at its end. */
export function printFlow(node: Node, style: Style, oneLine: boolean): string {
  const document = new Document();
  document.contents = node as never;
  const text = printed(document, style).trimEnd();
  return oneLine && !text.includes('#')
    ? text
        .split('\n')
        .map((line) => line.trim())
        .join(' ')
    : text;
}

/** A value that needs no line of its own, as it may stand among others between brackets too. */
export function printScalar(value: string | number | boolean | null, inFlow: boolean): string {
  const document = new Document();
  const node = document.createNode(inFlow ? [value] : value) as Node;
  if (isSeq(node)) node.flow = true;
  document.contents = node as never;
  const text = printed(document, { indentsLists: true, padsBraces: false, padsBrackets: false }).trimEnd();
  return inFlow ? text.slice(1, -1) : text;
}

/** The document as text. */
export function printed(document: Document, { indentsLists, padsBraces, padsBrackets }: Style): string {
  const text = document.toString({ lineWidth: 0, indentSeq: indentsLists, flowCollectionPadding: padsBraces });
  if (padsBrackets || !padsBraces || !text.includes('[ ')) return text;
  const lexemes = [...new Lexer().lex(text)];
  return lexemes
    .filter((lexeme, at) => !/^ +$/.test(lexeme) || (lexemes[at - 1] !== '[' && lexemes[at + 1] !== ']'))
    .filter((lexeme) => !/^[\u0002\u0018\u001f]|^\ufeff$/.test(lexeme))
    .join('');
}

/** Short lists and objects go in one line, as people write them. */
function shape(node: Node, path: Path): void {
  if (!isCollection(node)) return;
  const own = path.at(-1) ?? '';
  const isListed = blockLists.has(path.at(-2) ?? '') || blockLists.has(own) || linedLists.has(own);
  if (node.items.length === 0 || (!isListed && path.length > 0 && isFlat(node))) {
    node.flow = true;
    return;
  }
  if (isMap(node)) {
    for (const { key, value } of node.items) {
      shape(value as Node, [...path, String(isScalar(key) ? key.value : key)]);
    }
  } else {
    node.items.forEach((item, index) => shape(item as Node, [...path, index]));
  }
}

function isFlat(node: Node): boolean {
  const text = JSON.stringify(node);
  return text.length <= longestFlow && !text.includes('\\n') && depthOf(JSON.parse(text) as Json) <= 2;
}

function depthOf(value: Json): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}
