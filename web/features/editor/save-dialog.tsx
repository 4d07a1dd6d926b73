'use client';
import { Alert, Button, Group, Modal, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { ApiError, errorText } from '../api/error.ts';
import { textOf } from './problem-place.ts';

/** Asks for a note, and saves. */
export function SaveDialog({
  what,
  suggested,
  isNew,
  isPending,
  error,
  onSave,
  onClose,
}: {
  /** As `Pipeline alpine-version`. */
  what: string;
  suggested: string;
  isNew: boolean;
  isPending: boolean;
  error: unknown;
  onSave: (note: string) => void;
  onClose: () => void;
}) {
  const [note, setNote] = useState(suggested);
  const problems = error instanceof ApiError ? (error.problem?.problems ?? []) : [];
  function submit(event: FormEvent) {
    event.preventDefault();
    // A held key repeats: the second save would meet the first as somebody else's.
    if (!isPending) onSave(note);
  }
  return (
    <Modal opened onClose={onClose} title={isNew ? `Save ${what}` : `Save ${what} as a new version`} centered>
      <form onSubmit={submit}>
        <Textarea
          data-autofocus
          label="Note"
          description="What changed and why; shown with the version"
          value={note}
          maxLength={2000}
          autosize
          minRows={2}
          onChange={(event) => setNote(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit(event);
          }}
        />
        {error === null ? null : (
          <Alert color="red" variant="light" role="alert" mt="sm" title="This was not saved">
            <p>{errorText(error)}</p>
            {problems.map((problem) => (
              <p key={`${problem.line}:${problem.column}:${problem.path}:${problem.message}`}>
                Line {problem.line}
                {problem.path === '' ? '' : `, ${problem.path}`}: {textOf(problem)}
              </p>
            ))}
          </Alert>
        )}
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={onClose}>
            Go on editing
          </Button>
          <Button type="submit" loading={isPending}>
            Save version
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
