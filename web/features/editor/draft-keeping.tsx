'use client';
import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { newKey } from '../api/new-key.ts';
import { Time } from '../time/time.tsx';
import { type Draft, dropDraft, keepDraft, openDrafts, readDrafts } from './draft.ts';
import classes from './editor.module.css';
import type { Base } from './use-saving.ts';

/**
 * Keeps what is not saved in the browser. What was kept earlier is offered until it is taken or dropped; what is written
 * meanwhile is kept beside it.
 */
export function useDraftKeeping(key: string, base: Base, text: string) {
  const store = window.localStorage;
  const [own, setOwn] = useState(newKey);
  const [offers, setOffers] = useState(() => ({ key, drafts: openDrafts(store, key, base.text) }));
  // What was dropped is not kept again, though it is still in the page until that is left.
  const dropped = useRef<string | null>(null);
  useEffect(() => {
    if (text === base.text) dropDraft(store, key, own);
    // At once, as the page may be left the next moment.
    else if (text !== dropped.current)
      keepDraft(store, key, { id: own, text, base: base.version, baseText: base.text, at: Date.now() });
  }, [store, key, own, base, text]);
  const forget = () => dropDraft(store, key, own);
  return {
    // Under the name that it was first saved by, those of what had none are not meant.
    offered: offers.key === key ? offers.drafts : [],
    /** It is what one goes on with; what was written instead is offered in its place. */
    take: ({ id }: Draft) => {
      const instead = readDrafts(store, key).filter((each) => each.id === own);
      setOwn(id);
      setOffers({ key, drafts: [...offers.drafts.filter((each) => each.id !== id), ...instead] });
    },
    drop: ({ id }: Draft) => {
      dropDraft(store, key, id);
      setOffers({ key, drafts: offers.drafts.filter((each) => each.id !== id) });
    },
    forget,
    forgetAndLeave: () => {
      dropped.current = text;
      forget();
    },
  };
}

export function DraftOffer({ draft, onTake, onDrop }: { draft: Draft; onTake: () => void; onDrop: () => void }) {
  return (
    <div className={classes.notice} role="status">
      <span>
        There is an unsaved draft, last changed <Time at={new Date(draft.at).toISOString()} />.
      </span>
      <Button size="compact-xs" onClick={onTake}>
        Go on with it
      </Button>
      <Button size="compact-xs" variant="default" onClick={onDrop}>
        Drop it
      </Button>
    </div>
  );
}
