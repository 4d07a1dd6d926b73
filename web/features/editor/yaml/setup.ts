import { autocompletion, type Completion, type CompletionContext, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, indentWithTab } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import {
  bracketMatching,
  foldGutter,
  foldKeymap,
  HighlightStyle,
  indentOnInput,
  indentUnit,
  syntaxHighlighting,
} from '@codemirror/language';
import { lintGutter } from '@codemirror/lint';
import type { Extension } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, hoverTooltip, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import type { JsonSchema } from '../../../../core/language/json-schema.ts';
import { typingPlace } from './place.ts';
import { namesAt, schemasAt, valuesAt } from './schema-at.ts';

/** What completion and help know; read when they are asked for, as it comes from the server. */
export interface Knowledge {
  schema: JsonSchema;
  kind: string;
  /** Names that a field may have, as those of Jobs. */
  names(field: string): Promise<readonly string[]>;
}

const theme = EditorView.theme({
  '&': {
    height: '100%',
    fontSize: '13px',
    color: 'var(--mantine-color-text)',
    backgroundColor: 'var(--mantine-color-body)',
  },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mantine-font-family-monospace)', lineHeight: '1.55' },
  '.cm-content': { caretColor: 'var(--mantine-color-text)' },
  '.cm-cursor': { borderLeftColor: 'var(--mantine-color-text)' },
  '.cm-gutters': { color: 'var(--quiet-text)', backgroundColor: 'var(--sunken)', borderRight: '1px solid var(--line)' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'color-mix(in srgb, var(--hover) 60%, transparent)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    background: 'color-mix(in srgb, var(--focus) 25%, transparent)',
  },
  '.cm-tooltip': {
    color: 'var(--mantine-color-text)',
    backgroundColor: 'var(--mantine-color-body)',
    border: '1px solid var(--line)',
  },
  '.cm-tooltip-autocomplete ul li[aria-selected]': {
    color: 'var(--mantine-color-text)',
    backgroundColor: 'var(--selected)',
  },
  '.cm-completionDetail': { color: 'var(--quiet-text)', fontStyle: 'normal' },
  '.cm-foldPlaceholder': {
    color: 'var(--quiet-text)',
    backgroundColor: 'transparent',
    border: '1px solid var(--line)',
  },
  '.cm-chosen': { backgroundColor: 'var(--selected)' },
  '.cm-help': { maxWidth: '420px', padding: '4px 8px' },
});

const colours = HighlightStyle.define([
  { tag: [tags.definition(tags.propertyName), tags.propertyName], color: 'var(--status-blue)' },
  { tag: tags.comment, color: 'var(--quiet-text)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--status-green)' },
  { tag: [tags.number, tags.bool, tags.null, tags.keyword], color: 'var(--status-orange)' },
]);

export function yamlSetup(knowledge: () => Knowledge): Extension {
  return [
    lineNumbers(),
    lintGutter(),
    foldGutter(),
    drawSelection(),
    highlightActiveLine(),
    indentOnInput(),
    bracketMatching(),
    indentUnit.of('  '),
    yaml(),
    syntaxHighlighting(colours),
    theme,
    autocompletion({ override: [(context) => complete(context, knowledge())], icons: false }),
    hoverTooltip((view, offset) => helpAt(view, offset, knowledge())),
    keymap.of([...completionKeymap, ...foldKeymap, ...defaultKeymap, indentWithTab]),
  ];
}

async function complete(context: CompletionContext, { schema, kind, names }: Knowledge) {
  const place = typingPlace(context.state.doc.toString(), context.pos);
  if (place === undefined || (place.from === context.pos && !context.explicit && place.of.what === 'name')) return null;
  const { path, of, taken, from } = place;
  const options: Completion[] = [];
  // Where they cannot be read, the rest is offered.
  const known = (field: string) => names(field).catch((): string[] => []);
  if (of.what === 'name') {
    for (const each of namesAt(schemasAt(schema, kind, path), taken))
      options.push({ ...each, apply: `${each.label}: ` });
    if (path.at(-1) === '*') for (const label of await known(path.at(-2) ?? '')) options.push({ label });
  } else {
    const own = schemasAt(schema, kind, [...path, of.field]);
    options.push(...valuesAt(own), ...(await known(of.field)).map((label) => ({ label })));
  }
  return options.length === 0 ? null : { from, options, validFor: /^[\w-]*$/ };
}

function helpAt(view: EditorView, offset: number, { schema, kind }: Knowledge) {
  const line = view.state.doc.lineAt(offset);
  const name = /^ *(?:- +)*([\w-]+):/.exec(line.text);
  if (name === null || offset > line.from + name[0].length) return null;
  const end = line.from + name[0].length - 1;
  const place = typingPlace(view.state.doc.toString(), end);
  const field = name[1] ?? '';
  const text =
    place === undefined
      ? undefined
      : namesAt(schemasAt(schema, kind, place.path), []).find(({ label }) => label === field)?.detail;
  if (!text) return null;
  return {
    pos: end - field.length,
    end,
    create: () => {
      const dom = document.createElement('div');
      dom.className = 'cm-help';
      dom.textContent = text;
      return { dom };
    },
  };
}
