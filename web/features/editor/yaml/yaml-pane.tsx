'use client';
import { setDiagnostics } from '@codemirror/lint';
import { Compartment, EditorState, StateEffect, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView } from '@codemirror/view';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { Problem } from '../../../../core/errors.ts';
import { offsetOf } from '../../../../core/language/yaml-json.ts';
import classes from '../editor.module.css';
import { credentialsQuery, libraryQuery } from '../editor-api.ts';
import { isSamePath, placeOf, textOf } from '../problem-place.ts';
import type { Path } from '../text/edit.ts';
import type { ReadText } from '../text/read.ts';
import { type Editor, useEditor } from '../use-editor.ts';
import { pathAt, rangeOf } from './path-at.ts';
import { type Knowledge, yamlSetup } from './setup.ts';

const fromOutside = 'outside';
const mark = StateEffect.define<{ from: number; to: number } | null>();

/** The lines of what is chosen. */
const chosen = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(before, transaction) {
    let after = before.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (!effect.is(mark)) continue;
      const range = effect.value;
      after = range === null ? Decoration.none : Decoration.set(linesOf(transaction.state, range));
    }
    return after;
  },
  provide: (field) => EditorView.decorations.from(field),
});

function linesOf(state: EditorState, { from, to }: { from: number; to: number }) {
  const lines = [];
  for (let at = state.doc.lineAt(from); ; at = state.doc.line(at.number + 1)) {
    lines.push(Decoration.line({ class: 'cm-chosen' }).range(at.from));
    if (at.to >= to || at.number === state.doc.lines) return lines;
  }
}

/** The text itself. What is typed here is what the other panes show, and the other way round. */
export function YamlPane() {
  const editor = useEditor();
  const { text, problems, shown, read, isReadOnly, isBroken } = editor;
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const latest = useRef<Editor>(editor);
  latest.current = editor;
  const names = useNames();
  const knowledge = useRef<Knowledge>({ schema: editor.schema, kind: editor.kind, names });
  knowledge.current = { schema: editor.schema, kind: editor.kind, names };
  const locked = useRef(new Compartment());

  useEffect(() => {
    if (place.current === null) return;
    const made = new EditorView({
      parent: place.current,
      state: EditorState.create({
        doc: latest.current.text,
        extensions: [
          yamlSetup(() => knowledge.current),
          chosen,
          locked.current.of(EditorState.readOnly.of(latest.current.isReadOnly)),
          EditorView.contentAttributes.of({ 'aria-label': 'YAML', tabindex: '0' }),
          EditorView.updateListener.of((update) => {
            if (update.transactions.some((transaction) => transaction.isUserEvent(fromOutside))) return;
            if (update.docChanged) latest.current.setText(update.state.doc.toString(), 'yaml');
            if (update.selectionSet || update.docChanged) follow(latest.current, update.state.selection.main.head);
          }),
        ],
      }),
    });
    view.current = made;
    return () => {
      made.destroy();
      view.current = null;
    };
  }, []);

  useEffect(() => {
    const state = view.current?.state;
    const change = state === undefined ? undefined : changeBetween(state.doc.toString(), text);
    if (change !== undefined) view.current?.dispatch({ changes: change, userEvent: fromOutside });
  }, [text]);

  useEffect(() => {
    view.current?.dispatch({ effects: locked.current.reconfigure(EditorState.readOnly.of(isReadOnly)) });
  }, [isReadOnly]);

  useEffect(() => {
    const state = view.current?.state;
    if (state === undefined || problems.of !== state.doc.toString()) return;
    view.current?.dispatch(
      setDiagnostics(
        state,
        problems.found.map((problem) => diagnosticOf(state, problem)),
      ),
    );
  }, [problems, text]);

  useEffect(() => {
    if (view.current !== null) show(view.current, read, shown, isBroken);
  }, [shown, read, isBroken]);

  return <div className={classes.yaml} ref={place} />;
}

/** The cursor stands in a Job or Action: it is the one that is chosen. */
function follow(editor: Editor, offset: number): void {
  if (editor.isBroken || editor.read.text !== editor.text) return;
  const path = placeOf(pathAt(editor.read, offset));
  if (!isSamePath(path, editor.selected)) editor.select(path, 'yaml');
}

function show(view: EditorView, read: ReadText, { path, by }: Editor['shown'], isBroken: boolean): void {
  if (isBroken || read.text !== view.state.doc.toString()) return;
  const range = path.length === 0 ? null : rangeOf(read, placeOf(path));
  const effects: StateEffect<unknown>[] = [mark.of(range)];
  if (by !== 'yaml' && range !== null) effects.push(EditorView.scrollIntoView(range.from, { y: 'start', yMargin: 40 }));
  if (by === 'problems') {
    const at = offsetOf(read.document, path as Path, false);
    view.dispatch({ effects, selection: { anchor: Math.min(at, view.state.doc.length) }, userEvent: fromOutside });
    return;
  }
  view.dispatch({ effects, userEvent: fromOutside });
}

/** The one place where two texts differ. */
function changeBetween(before: string, after: string) {
  if (before === after) return undefined;
  let from = 0;
  while (from < before.length && before[from] === after[from]) from++;
  let end = 0;
  while (end < before.length - from && end < after.length - from && before.at(-1 - end) === after.at(-1 - end)) end++;
  return { from, to: before.length - end, insert: after.slice(from, after.length - end) };
}

function diagnosticOf(state: EditorState, problem: Problem) {
  const line = state.doc.line(Math.min(Math.max(1, problem.line), state.doc.lines));
  const from = Math.min(line.to, line.from + problem.column - 1);
  const word = /^[^\s,\]}#]+/.exec(state.sliceDoc(from, line.to))?.[0].length ?? 0;
  return {
    from,
    to: Math.max(from, Math.min(line.to, from + word)),
    severity: 'error' as const,
    message: textOf(problem),
  };
}

/** Names of other things that fields may hold, read when they are asked for. */
function useNames(): Knowledge['names'] {
  const { jobs } = useEditor();
  const queries = useQueryClient();
  return async (field) => {
    switch (field) {
      case 'requires':
        return [...new Set(jobs.map(({ name }) => name))];
      case 'job':
        return namesOf(await queries.fetchQuery(libraryQuery('Job')));
      case 'pipeline':
        return namesOf(await queries.fetchQuery(libraryQuery('Pipeline')));
      case 'engine':
        return namesOf(await queries.fetchQuery(libraryQuery('Engine')));
      case 'from_credential':
        return namesOf(await queries.fetchQuery(credentialsQuery));
      default:
        return [];
    }
  };
}

function namesOf(items: readonly { name: string }[]): string[] {
  return items.map(({ name }) => name);
}
