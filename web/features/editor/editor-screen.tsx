'use client';
import { Anchor, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import type { DefinitionKind } from '../../../core/api/objects.ts';
import { isObject } from '../../../core/is-object.ts';
import { allowed } from '../../../core/permissions.ts';
import type { Session } from '../api/client.ts';
import { later } from '../later/later.tsx';
import { Link } from '../links/link.tsx';
import { editHref, pipelineHref } from '../runs/hrefs.ts';
import { draftKey } from './draft.ts';
import { DraftOffer, useDraftKeeping } from './draft-keeping.tsx';
import classes from './editor.module.css';
import { EditorBar } from './editor-bar.tsx';
import { FormPane } from './form/form-pane.tsx';
import { GraphPane } from './graph-pane.tsx';
import type { JobPlace } from './jobs.ts';
import { LeaveDialog } from './leave-dialog.tsx';
import { ProblemList } from './problem-list.tsx';
import { SaveDialog } from './save-dialog.tsx';
import { EditorProvider, useEditorState, type Vocabulary } from './use-editor.ts';
import { useEditorKeys } from './use-editor-keys.ts';
import { type Base, useSaving } from './use-saving.ts';
import { textField } from './use-vocabulary.ts';
import { YamlPane } from './yaml/yaml-pane.tsx';

const TryPanel = later(() => import('./try/try-panel.tsx').then((room) => room.TryPanel));
const Conflict = later(() => import('./conflict.tsx').then((room) => room.Conflict));

/** Kinds that have a form and a graph; the others are written as YAML. */
const withForm: ReadonlySet<DefinitionKind> = new Set<DefinitionKind>(['Pipeline', 'Job']);

interface Props {
  saved: { kind: DefinitionKind; name: string | null; base: number | null; baseText: string };
  vocabulary: Vocabulary;
  session: Session;
}

/** Form, graph and text of one definition, in step. */
export function EditorScreen({ saved, vocabulary, session }: Props) {
  const { kind } = saved;
  const [base, setBase] = useState<Base>({ name: saved.name, version: saved.base, text: saved.baseText });
  const isReadOnly = !allowed({ ...session, kind: 'person' }, 'definitionWrite');
  const editor = useEditorState(base.text, { kind, isReadOnly, base }, vocabulary);
  const { text, isDirty } = editor;
  const [pane, setPane] = useState('form');
  const [tried, setTried] = useState<JobPlace | 'document' | null>(null);
  const [asks, setAsks] = useState<string | null>(null);
  const [note, setNote] = useState<string | null>(null);
  const name = isObject(editor.json) ? textField(editor.json, 'name') : '';
  const draft = useDraftKeeping(draftKey(kind, base.name), base, text);
  const { save, theirs, forgetTheirs } = useSaving(kind, base, (now) => {
    setBase(now);
    setAsks(null);
    setNote(`Saved as version ${now.version}.`);
    draft.forget();
    if (now.name !== null) window.history.replaceState(null, '', editHref(kind, now.name));
  });
  function ask(suggested: string) {
    if (isReadOnly) return;
    if (name === '') {
      editor.askName();
      return;
    }
    // One that is on its way is shown as it is.
    if (!save.isPending) save.reset();
    setAsks(suggested);
  }
  useEditorKeys(() => ask(''), editor);
  const hasForm = withForm.has(kind);
  const hasGraph = kind === 'Pipeline' || editor.jobs.length > 0;
  return (
    <EditorProvider value={editor}>
      <div className={classes.screen}>
        <EditorBar
          title={name === '' ? `New ${kind}` : name}
          version={base.version}
          onSave={() => ask('')}
          onTry={kind === 'Job' ? () => setTried('document') : undefined}
        />
        <div className={classes.notices}>
          {draft.offered.map((each) => (
            <DraftOffer
              key={each.id}
              draft={each}
              onTake={() => {
                draft.take(each);
                setBase({ ...base, version: each.base, text: each.baseText });
                editor.setText(each.text);
              }}
              onDrop={() => draft.drop(each)}
            />
          ))}
          {note === null || isDirty ? null : (
            <p className={classes.notice} role="status">
              {note}
              {kind === 'Pipeline' && base.name !== null ? (
                <Anchor component={Link} href={pipelineHref(base.name)} inherit>
                  Run it
                </Anchor>
              ) : null}
            </p>
          )}
        </div>
        {hasForm ? (
          <div className={classes.tabs}>
            <SegmentedControl
              size="xs"
              fullWidth
              value={pane}
              onChange={setPane}
              data={panes.filter(({ value }) => hasGraph || value !== 'graph')}
              aria-label="Pane"
            />
          </div>
        ) : null}
        <div
          className={classes.panes}
          data-shown={hasForm ? pane : 'yaml'}
          data-yaml-only={!hasForm || undefined}
          data-no-graph={!hasGraph || undefined}
        >
          {hasForm ? (
            <>
              <section className={classes.left} aria-label="Form" data-pane="form">
                <FormPane onSave={() => ask('')} onTry={setTried} />
              </section>
              {hasGraph ? (
                <section className={classes.graphPlace} aria-label="Graph" data-pane="graph">
                  <GraphPane />
                </section>
              ) : null}
            </>
          ) : null}
          <section className={classes.yamlPlace} aria-label="Text" data-pane="yaml">
            <YamlPane />
          </section>
        </div>
        <ProblemList />
      </div>
      {asks === null || theirs !== null ? null : (
        <SaveDialog
          what={`${kind} ${name}`.trim()}
          suggested={asks}
          isNew={base.version === null}
          isPending={save.isPending}
          error={save.error}
          onClose={() => setAsks(null)}
          onSave={(written) => save.mutate({ text, name, note: written })}
        />
      )}
      {theirs === null ? null : (
        <Conflict
          theirs={theirs}
          mine={text}
          base={base.text}
          onClose={forgetTheirs}
          onTake={() => {
            setBase({ name: theirs.name, version: theirs.version, text: theirs.source });
            editor.setText(theirs.source);
            forgetTheirs();
            setAsks(null);
          }}
          onKeep={() => {
            setBase({ name: theirs.name, version: theirs.version, text: theirs.source });
            forgetTheirs();
            setAsks(null);
          }}
        />
      )}
      {tried === null ? null : <TryPanel place={tried === 'document' ? null : tried} onClose={() => setTried(null)} />}
      <LeaveDialog isDirty={isDirty && !isReadOnly} onLeave={draft.forgetAndLeave} />
    </EditorProvider>
  );
}

const panes = [
  { value: 'form', label: 'Form' },
  { value: 'graph', label: 'Graph' },
  { value: 'yaml', label: 'YAML' },
];
