import Anser from 'anser';

/** A stretch of one look. Colours are a class of the theme, or `rgb(…)` made of numbers alone. */
export interface Span {
  text: string;
  classes: readonly string[];
  color?: string;
  background?: string;
  /** Part of what is searched for. */
  match?: true;
}

/** Longer lines are cut, as one of many megabytes would stop the page. */
const maxShown = 20_000;

const escape = String.fromCharCode(27);
/** Operating system commands (links, titles), up to BEL, ST or the line's end, and other strings to a terminal. */
const strings = new RegExp(`${escape}[\\]PX^_][^\\u0007${escape}]*(?:\\u0007|${escape}\\\\|$)`, 'g');
/** Sequences that move the cursor, clear, or set modes: all but colours (`m`). */
const movements = new RegExp(`${escape}(?:\\[[0-?]*[ -/]*[@-ln-~]|[ -/]*[0-Z\\\\^_\`a-~])`, 'g');
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001a\u001c-\u001f\u007f]/g;

/** What a terminal would show of one line, with its colours. Never markup: only text, class names and numbers. */
export function spansOf(line: string): Span[] {
  const text = overwritten(cut(line));
  if (!text.includes(escape)) return [{ text: text.replace(controls, ''), classes: [] }];
  const clean = text.replace(strings, '').replace(movements, '').replace(controls, '');
  return Anser.ansiToJson(clean, { json: true, use_classes: true, remove_empty: true })
    .map(spanOf)
    .filter((span) => span.text !== '');
}

export function plainText(line: string): string {
  return spansOf(line)
    .map((span) => span.text)
    .join('');
}

function cut(line: string): string {
  if (line.length <= maxShown) return line;
  return `${line.slice(0, maxShown)}… ${(line.length - maxShown).toLocaleString('en')} more characters, in the download`;
}

/** A carriage return goes back to the line's start, as progress bars do: the last text stays. */
function overwritten(line: string): string {
  const text = line.replace(/\r+$/, '');
  return text.slice(text.lastIndexOf('\r') + 1);
}

function spanOf(entry: ReturnType<typeof Anser.ansiToJson>[number]): Span {
  // Anser leaves what is no whole sequence; no escape may reach the page.
  const span: Span = { text: entry.content.replaceAll(escape, ''), classes: [...entry.decorations] };
  const reverse = entry.decorations.includes('reverse');
  const front = colorOf(entry.fg, entry.fg_truecolor);
  const back = colorOf(entry.bg, entry.bg_truecolor);
  const classes = [
    ...span.classes,
    ...(front?.name ? [`fg-${front.name}`] : []),
    ...(back?.name ? [`bg-${back.name}`] : []),
  ];
  span.classes = reverse ? classes : classes.filter((name) => name !== 'reverse');
  if (front?.rgb) span.color = front.rgb;
  if (back?.rgb) span.background = back.rgb;
  return span;
}

/** `ansi-bright-red` is a class; `ansi-palette-208` and true colours are numbers. */
function colorOf(name: string | null, trueColor: string | null): { name?: string; rgb?: string } | null {
  if (!name) return null;
  const palette = /^ansi-palette-(\d+)$/.exec(name);
  if (palette !== null) return { rgb: paletteColor(Number(palette[1])) };
  if (name !== 'ansi-truecolor') return { name: name.replace(/^ansi-/, '') };
  const parts = (trueColor ?? '').split(',').map(Number);
  return parts.length === 3 && parts.every(Number.isFinite) ? { rgb: `rgb(${parts.join(' ')})` } : null;
}

/** The 6 × 6 × 6 cube and the grays of xterm's 256 colours. */
function paletteColor(index: number): string {
  if (index >= 232) {
    const gray = 8 + (index - 232) * 10;
    return `rgb(${gray} ${gray} ${gray})`;
  }
  const level = (step: number) => (step === 0 ? 0 : 55 + step * 40);
  const at = index - 16;
  return `rgb(${level(Math.floor(at / 36))} ${level(Math.floor(at / 6) % 6)} ${level(at % 6)})`;
}

/** Cuts spans where the query (any case) is found. */
export function marked(spans: readonly Span[], query: string): Span[] {
  const text = spans.map((span) => span.text).join('');
  const found = text.toLowerCase();
  const wanted = query.toLowerCase();
  if (wanted === '' || found.length !== text.length) return [...spans];
  const cuts: { from: number; to: number }[] = [];
  for (let at = found.indexOf(wanted); at !== -1; at = found.indexOf(wanted, at + wanted.length)) {
    cuts.push({ from: at, to: at + wanted.length });
  }
  if (cuts.length === 0) return [...spans];
  let start = 0;
  return spans.flatMap((span) => {
    const begin = start;
    start += span.text.length;
    return slices(span, begin, cuts);
  });
}

function slices(span: Span, begin: number, cuts: readonly { from: number; to: number }[]): Span[] {
  const end = begin + span.text.length;
  const parts: Span[] = [];
  let at = begin;
  for (const { from, to } of cuts) {
    if (to <= at || from >= end) continue;
    if (from > at) parts.push({ ...span, text: span.text.slice(at - begin, from - begin) });
    const stop = Math.min(to, end);
    parts.push({ ...span, text: span.text.slice(Math.max(from, at) - begin, stop - begin), match: true });
    at = stop;
  }
  if (at < end) parts.push({ ...span, text: span.text.slice(at - begin) });
  return parts;
}
