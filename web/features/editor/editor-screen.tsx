'use client';
import { ActionIcon, Anchor, Button, SegmentedControl, Title, Tooltip } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconArrowBackUp, IconArrowForwardUp } from '@tabler/icons-react';
import Link from 'next/link';
import { useState } from 'react';
import type { DefinitionKind } from '../../../core/api/objects.ts';
import { allowed } from '../../../core/permissions.ts';
import type { Session } from '../api/client.ts';
import { pipelineHref } from '../runs/hrefs.ts';
import { Conflict } from './conflict.tsx';
import { draftKey } from './draft.ts';
import { DraftOffer, useDraftKeeping } from './draft-keeping.tsx';
import classes from './editor.module.css';
import { FormPane } from './form/form-pane.tsx';
import { GraphPane } from './graph-pane.tsx';
import { LeaveDialog } from './leave-dialog.tsx';
import { ProblemList } from './problem-list.tsx';
import { SaveDialog } from './save-dialog.tsx';
import { isObject } from './text/edit.ts';
import { EditorProvider, useEditorState, type Vocabulary } from './use-editor.ts';
import { type Base, useSaving } from './use-saving.ts';
import { textField } from './use-vocabulary.ts';
import { YamlPane } from './yaml/yaml-pane.tsx';

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
  const editor = useEditorState(
    base.text,
    { kind, isReadOnly, isBlank: (text) => base.version === null && text === base.text },
    vocabulary,
  );
  const { text } = editor;
  const [pane, setPane] = useState('form');
  const [asks, setAsks] = useState<string | null>(null);
  const [note, setNote] = useState<string | null>(null);
  const isDirty = text !== base.text;
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
    save.reset();
    setAsks(suggested);
  }
  useHotkeys(
    [
      ['mod+S', () => ask('')],
      ['mod+Z', () => editor.undo()],
      ['mod+shift+Z', () => editor.redo()],
      ['mod+Y', () => editor.redo()],
    ],
    [],
    true,
  );
  const hasForm = withForm.has(kind);
  return (
    <EditorProvider value={editor}>
      <div className={classes.screen}>
        <header className={classes.bar}>
          <Title order={1} size="h4" className={classes.name}>
            {name === '' ? `New ${kind}` : name}
            <span className={classes.state} role="status">
              {stateText(isReadOnly, isDirty, base.version)}
            </span>
          </Title>
          {isReadOnly ? null : (
            <>
              <Step label="Undo" icon={<IconArrowBackUp size={16} />} isOff={!editor.canUndo} act={editor.undo} />
              <Step label="Redo" icon={<IconArrowForwardUp size={16} />} isOff={!editor.canRedo} act={editor.redo} />
              <Button size="xs" disabled={!isDirty && base.version !== null} onClick={() => ask('')}>
                Save
              </Button>
            </>
          )}
        </header>
        <div className={classes.notices}>
          {draft.offered === null ? null : (
            <DraftOffer
              draft={draft.offered}
              onTake={(taken) => {
                setBase({ ...base, version: taken.base, text: taken.baseText });
                editor.setText(taken.text);
              }}
              onDrop={draft.forget}
            />
          )}
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
            <SegmentedControl size="xs" fullWidth value={pane} onChange={setPane} data={panes} aria-label="Pane" />
          </div>
        ) : null}
        <div className={classes.panes} data-shown={hasForm ? pane : 'yaml'} data-yaml-only={!hasForm || undefined}>
          {hasForm ? (
            <>
              <section className={classes.left} aria-label="Form" data-pane="form">
                <FormPane onSave={() => ask('')} />
              </section>
              <section className={classes.graphPlace} aria-label="Graph" data-pane="graph">
                <GraphPane />
              </section>
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
      <LeaveDialog isDirty={isDirty && !isReadOnly} onLeave={draft.forget} />
    </EditorProvider>
  );
}

const panes = [
  { value: 'form', label: 'Form' },
  { value: 'graph', label: 'Graph' },
  { value: 'yaml', label: 'YAML' },
];

function stateText(isReadOnly: boolean, isDirty: boolean, version: number | null): string {
  const what = version === null ? 'never saved' : `version ${version}`;
  if (isReadOnly) return `${what}, to read only`;
  return isDirty ? `${what}, unsaved changes` : what;
}

function editHref(kind: DefinitionKind, name: string): string {
  const part = encodeURIComponent(name);
  return kind === 'Pipeline' ? `/pipelines/${part}/edit` : `/edit/${kind}/${part}`;
}

function Step({ label, icon, isOff, act }: { label: string; icon: React.ReactNode; isOff: boolean; act: () => void }) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="default" size="md" aria-label={label} disabled={isOff} onClick={act}>
        {icon}
      </ActionIcon>
    </Tooltip>
  );
}
