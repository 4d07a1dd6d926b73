'use client';
import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { Time } from '../time/time.tsx';
import { type Draft, readDraft, writeDraft } from './draft.ts';
import classes from './editor.module.css';
import type { Base } from './use-saving.ts';

const restMs = 300;

/** Keeps what is not saved in the browser; what was kept earlier is offered until it is taken or dropped. */
export function useDraftKeeping(key: string, base: Base, text: string) {
  const [offered, setOffered] = useState<Draft | null>(() => {
    const draft = readDraft(window.localStorage, key);
    return draft === null || draft.text === base.text ? null : draft;
  });
  const isGone = useRef(false);
  useEffect(() => {
    if (text === base.text) {
      if (offered === null) writeDraft(window.localStorage, key, null);
      return;
    }
    isGone.current = false;
    const timer = setTimeout(() => {
      if (isGone.current) return;
      writeDraft(window.localStorage, key, { text, base: base.version, baseText: base.text, at: Date.now() });
      setOffered(null);
    }, restMs);
    return () => clearTimeout(timer);
  }, [key, base, text, offered]);
  return {
    offered,
    forget: () => {
      isGone.current = true;
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
