'use client';
import { useMemo } from 'react';
import { CopyableText } from '../lists/copy.tsx';
import lists from '../lists/lists.module.css';

/** Characters that a browser lays out without a pause. */
const mostShown = 200_000;

/** JSON as people read it; of a large one the beginning, and all of it to copy. */
export function Payload({ text }: { text: string }) {
  const pretty = useMemo(() => JSON.stringify(JSON.parse(text), null, 2), [text]);
  return (
    <>
      <CopyableText label="Payload" text={pretty.slice(0, mostShown)} whole={text} />
      {pretty.length > mostShown ? <p className={lists.quiet}>This is its beginning; Copy takes all of it.</p> : null}
    </>
  );
}
