/** Where in a document of YAML something is typed, found by its lines alone, as the text is half written then. */
export interface TypingPlace {
  /** Fields that lead there; `*` is any item of a list. */
  path: string[];
  /** A field's name is being typed, or the value of `field`. */
  of: { what: 'name' } | { what: 'value'; field: string };
  /** Where the word that is being typed begins. */
  from: number;
  /** Fields that the object has already. */
  taken: string[];
}

const entry = /^( *)((?:- +)*)([\w-]+|"[^"]*"):(?:\s+(.*))?$/;

export function typingPlace(text: string, offset: number): TypingPlace | undefined {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const before = text.slice(start, offset);
  if (/(^|\s)#/.test(before)) return undefined;
  const name = /^( *)((?:- +)*)([\w-]*)$/.exec(before);
  const value = /^( *)((?:- +)*)([\w-]+): +\[?(?:[^[{]*, *)?([^\s,[{]*)$/.exec(before);
  const item = /^( *)((?:- +)+)([\w-]*)$/.exec(before);
  const lines = text.slice(0, start).split('\n').slice(0, -1);
  if (value !== null) {
    const [, spaces = '', dashes = '', field = '', word = ''] = value;
    const column = spaces.length + dashes.length;
    const path = [...pathTo(lines, column, before.slice(0, column)), ...dashesOf(dashes)];
    return { path, of: { what: 'value', field }, from: offset - word.length, taken: [] };
  }
  if (name === null) return undefined;
  const [, spaces = '', dashes = '', word = ''] = name;
  const column = spaces.length + dashes.length;
  const path = [...pathTo(lines, column, before.slice(0, column)), ...(item === null ? [] : dashesOf(dashes))];
  return { path, of: { what: 'name' }, from: offset - word.length, taken: namesBeside(text, start, column) };
}

/** What leads to something that stands at this column, read from the lines above it. */
function pathTo(lines: readonly string[], column: number, own: string): string[] {
  const path: string[] = [];
  let limit = own.includes('-') ? own.indexOf('-') : column;
  let isItem = own.includes('-');
  for (let at = lines.length - 1; at >= 0 && (limit > 0 || isItem); at--) {
    const line = lines[at] ?? '';
    const found = entry.exec(line);
    if (found === null) continue;
    const [, spaces = '', dashes = '', field = '', value] = found;
    const keyColumn = spaces.length + dashes.length;
    const opens = value === undefined || value === '' || value.startsWith('#');
    // The items of a list may stand as far out as the field that has them.
    if (opens && (keyColumn < limit || (isItem && keyColumn === limit))) {
      path.unshift(field.replaceAll('"', ''));
      if (dashes !== '') path.unshift('*');
      limit = dashes === '' ? keyColumn : spaces.length;
      isItem = dashes !== '';
    } else if (dashes !== '' && keyColumn === limit && !isItem) {
      path.unshift('*');
      limit = spaces.length;
      isItem = true;
    }
  }
  return path;
}

function dashesOf(dashes: string): string[] {
  return [...dashes.matchAll(/-/g)].map(() => '*');
}

/** Names at the same column, above and below, up to where the object ends. */
function namesBeside(text: string, start: number, column: number): string[] {
  const lines = text.split('\n');
  const own = text.slice(0, start).split('\n').length - 1;
  const names: string[] = [];
  const look = (at: number, step: number) => {
    for (let index = at; index >= 0 && index < lines.length; index += step) {
      const found = entry.exec(lines[index] ?? '');
      if (found === null) continue;
      const [, spaces = '', dashes = '', field = ''] = found;
      const keyColumn = spaces.length + dashes.length;
      if (keyColumn < column || (step > 0 && dashes !== '' && keyColumn === column)) return;
      if (keyColumn === column) names.push(field);
      if (dashes !== '' && keyColumn === column) return;
    }
  };
  if (!/^ *-/.test(lines[own] ?? '')) look(own - 1, -1);
  look(own + 1, 1);
  return names;
}
