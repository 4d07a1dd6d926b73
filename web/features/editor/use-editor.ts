'use client';
import { createContext, useCallback, useContext, useMemo, useReducer, useRef, useState } from 'react';
import type { CatalogueAction } from '../../../core/api/catalogue.ts';
import type { Json } from '../../../core/json.ts';
import type { JsonSchema } from '../../../core/language/json-schema.ts';
import { changed, type History, historyOf, redone, undone } from './history.ts';
import { type JobPlace, jobsOf } from './jobs.ts';
import { applyEdits, EditRefused } from './text/apply.ts';
import { type Edit, jsonAt, type Path } from './text/edit.ts';
import { type ReadText, readText } from './text/read.ts';
import { type Problems, useProblems } from './use-problems.ts';

/** Where something was chosen: the panes follow. `new`: it was just made, and its first field is to be filled in. */
type Pane = 'form' | 'graph' | 'yaml' | 'problems' | 'new';

export interface Vocabulary {
  actions: readonly CatalogueAction[];
  schema: JsonSchema;
}

export interface Editor extends Vocabulary {
  kind: string;
  text: string;
  /** As it says now; while it cannot be read, as it last said. */
  json: Json;
  read: ReadText;
  isBroken: boolean;
  isReadOnly: boolean;
  /** Something is not saved. */
  isDirty: boolean;
  jobs: readonly JobPlace[];
  problems: Problems;
  selected: Path;
  /** Told apart by `n`, so that the same place may be shown again. */
  shown: { path: Path; by: Pane; n: number };
  /** Why the last change was not made. */
  refusal: string | null;
  select(path: Path, by: Pane): void;
  /** Changes that are `about` the same are undone together. False: it was refused. */
  change(edits: Edit | readonly Edit[], about?: string): boolean;
  refuse(reason: string | null): void;
  /** It is known by its name, so nothing is saved before it has one. */
  askName(): void;
  setText(text: string, about?: string): void;
  undo(): void;
  redo(): void;
  canUndo: boolean;
  canRedo: boolean;
}

export const nameless = 'Give it a name.';

type Step = { to: 'text'; text: string; about: string; at: number } | { to: 'undo' } | { to: 'redo' };

function next(history: History, step: Step): History {
  switch (step.to) {
    case 'text':
      return changed(history, step.text, step.about, step.at);
    case 'undo':
      return undone(history);
    case 'redo':
      return redone(history);
  }
}

/** The text, which alone counts, and all that is made of it. */
export function useEditorState(
  initial: string,
  of: { kind: string; isReadOnly: boolean; base: { version: number | null; text: string } },
  vocabulary: Vocabulary,
): Editor {
  const [history, dispatch] = useReducer(next, initial, historyOf);
  const text = history.present;
  const [shown, setShown] = useState<Editor['shown']>({ path: [], by: 'form', n: 0 });
  const [refusal, refuse] = useState<string | null>(null);
  const now = useMemo(() => readText(text), [text]);
  const last = useRef<ReadText | undefined>(undefined);
  if (now !== undefined) last.current = now;
  const read = now ?? last.current ?? (readText('{}') as ReadText);
  const latest = useRef(text);
  latest.current = text;
  const { json } = read;
  const jobs = useMemo(() => jobsOf(json), [json]);
  const isDirty = text !== of.base.text;
  const problems = useProblems(text, isDirty ? 'edited' : of.base.version === null ? 'blank' : 'saved');
  const { isReadOnly } = of;

  const setText = useCallback(
    (after: string, about = '') => {
      if (isReadOnly) return;
      latest.current = after;
      refuse(null);
      dispatch({ to: 'text', text: after, about, at: performance.now() });
    },
    [isReadOnly],
  );
  const change = useCallback(
    (edits: Edit | readonly Edit[], about = '') => {
      try {
        setText(applyEdits(latest.current, Array.isArray(edits) ? edits : [edits as Edit]), about);
        return true;
      } catch (error) {
        if (!(error instanceof EditRefused)) throw error;
        refuse(error.message);
        return false;
      }
    },
    [setText],
  );
  const select = useCallback((path: Path, by: Pane) => setShown(({ n }) => ({ path, by, n: n + 1 })), []);
  const askName = useCallback(() => {
    refuse(nameless);
    select(['name'], 'problems');
  }, [select]);
  const isThere = jsonAt(json, shown.path) !== undefined;
  return {
    ...vocabulary,
    kind: of.kind,
    text,
    json,
    read,
    isBroken: now === undefined,
    isReadOnly,
    isDirty,
    jobs,
    problems,
    selected: isThere ? shown.path : [],
    shown,
    refusal,
    select,
    change,
    refuse,
    askName,
    setText,
    undo: () => dispatch({ to: 'undo' }),
    redo: () => dispatch({ to: 'redo' }),
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
  };
}

const EditorContext = createContext<Editor | null>(null);
export const EditorProvider = EditorContext.Provider;

export function useEditor(): Editor {
  const editor = useContext(EditorContext);
  if (editor === null) throw new Error('there is no editor around this');
  return editor;
}
