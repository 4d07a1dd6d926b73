'use client';
import { Button, CopyButton } from '@mantine/core';
import { useMemo } from 'react';
import lists from '../lists/lists.module.css';
import classes from './deliveries.module.css';

/** Characters that a browser lays out without a pause. */
const mostShown = 200_000;

/** JSON as people read it; of a large one the beginning, and all of it to copy. */
export function Payload({ text }: { text: string }) {
  const pretty = useMemo(() => JSON.stringify(JSON.parse(text), null, 2), [text]);
  return (
    <div className={classes.payload}>
      <pre tabIndex={0} aria-label="Payload">
        {pretty.slice(0, mostShown)}
      </pre>
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Button size="compact-xs" variant="default" onClick={copy}>
            {copied ? 'Copied' : 'Copy'}
          </Button>
        )}
      </CopyButton>
      {pretty.length > mostShown ? <p className={lists.quiet}>This is its beginning; Copy takes all of it.</p> : null}
    </div>
  );
}
