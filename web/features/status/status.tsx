'use client';
import { useNow } from '../time/clock.ts';
import { StatusShape } from './shape.tsx';
import classes from './status.module.css';
import { isOpen, type Stated, statusText } from './words.ts';

/** Shape, colour and word of a run, Job or Action, with the reason; ticks while it is open. */
export function StatusLine({ of, usualMs, short = false }: { of: Stated; usualMs?: number | null; short?: boolean }) {
  const now = useNow(isOpen(of.status));
  const { word, more } = statusText(of, { now, usualMs: usualMs ?? null });
  return (
    <span className={classes.status}>
      <StatusShape status={of.status} />
      <span className={classes.words}>
        <span className={classes.word}>{word}</span>
        {short || more === '' ? null : <span className={classes.more}>{more}</span>}
      </span>
    </span>
  );
}
