'use client';
import { ActionIcon, Button, Title, Tooltip } from '@mantine/core';
import { IconArrowBackUp, IconArrowForwardUp } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './editor.module.css';
import { useEditor } from './use-editor.ts';

/** What is edited, how it stands, and what can be done with the whole of it. */
export function EditorBar({
  title,
  version,
  onSave,
  onTry,
}: {
  title: string;
  version: number | null;
  onSave: () => void;
  onTry: (() => void) | undefined;
}) {
  const { isReadOnly, isDirty, canUndo, canRedo, undo, redo } = useEditor();
  return (
    <header className={classes.bar}>
      <Title order={1} size="h4" className={classes.name}>
        {title}
        <span className={classes.state} role="status">
          {stateText(isReadOnly, isDirty, version)}
        </span>
      </Title>
      {isReadOnly ? null : (
        <>
          <Step label="Undo" icon={<IconArrowBackUp size={16} />} isOff={!canUndo} act={undo} />
          <Step label="Redo" icon={<IconArrowForwardUp size={16} />} isOff={!canRedo} act={redo} />
          {onTry === undefined ? null : (
            <Button size="xs" variant="default" onClick={onTry}>
              Try this Job
            </Button>
          )}
          <Button size="xs" disabled={!isDirty && version !== null} onClick={onSave}>
            Save
          </Button>
        </>
      )}
    </header>
  );
}

function stateText(isReadOnly: boolean, isDirty: boolean, version: number | null): string {
  const what = version === null ? 'never saved' : `version ${version}`;
  if (isReadOnly) return `${what}, to read only`;
  return isDirty ? `${what}, unsaved changes` : what;
}

function Step({ label, icon, isOff, act }: { label: string; icon: ReactNode; isOff: boolean; act: () => void }) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="default" size="md" aria-label={label} disabled={isOff} onClick={act}>
        {icon}
      </ActionIcon>
    </Tooltip>
  );
}
