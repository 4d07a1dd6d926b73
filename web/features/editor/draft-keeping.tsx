'use client';
import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { Time } from '../time/time.tsx';
import { type Draft, readDraft, writeDraft } from './draft.ts';
import classes from './editor.module.css';
import type { Base } from './use-saving.ts';

/** Keeps what is not saved in the browser; what was kept earlier is offered until it is taken or dropped. */
export function useDraftKeeping(key: string, base: Base, text: string) {
  const [offered, setOffered] = useState<Draft | null>(() => {
    const draft = readDraft(window.localStorage, key);
    return draft === null || draft.text === base.text ? null : draft;
  });
  // What was dropped is not kept again, though it is still in the page until that is left.
  const dropped = useRef<string | null>(null);
  useEffect(() => {
    if (text === base.text) {
      if (offered === null) writeDraft(window.localStorage, key, null);
      return;
    }
    if (text === dropped.current) return;
    // At once, as the page may be left the next moment.
    writeDraft(window.localStorage, key, { text, base: base.version, baseText: base.text, at: Date.now() });
    setOffered(null);
  }, [key, base, text, offered]);
  return {
    offered,
    forget: () => {
      dropped.current = text;
      writeDraft(window.localStorage, key, null);
      setOffered(null);
    },
  };
}

export function DraftOffer({
  draft,
  onTake,
  onDrop,
}: {
  draft: Draft;
  onTake: (draft: Draft) => void;
  onDrop: () => void;
}) {
  return (
    <div className={classes.notice} role="status">
      <span>
        There is an unsaved draft, last changed <Time at={new Date(draft.at).toISOString()} />.
      </span>
      <Button size="compact-xs" onClick={() => onTake(draft)}>
        Go on with it
      </Button>
      <Button size="compact-xs" variant="default" onClick={onDrop}>
        Drop it
      </Button>
    </div>
  );
}
