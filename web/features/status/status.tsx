'use client';
import { useNow } from '../time/clock.ts';
import { StatusShape } from './shape.tsx';
import classes from './status.module.css';
import { endText } from './wait-text.ts';
import { isOpen, type Stated, statusText } from './words.ts';

/** Shape, colour and word of a run, Job or Action, with the reason and what would end a wait; ticks while it is open. */
export function StatusLine({ of, usualMs, short = false }: { of: Stated; usualMs?: number | null; short?: boolean }) {
  const now = useNow(isOpen(of.status));
  const { word, more } = statusText(of, { now, usualMs: usualMs ?? null });
  const end = of.wait ? endText(of.wait) : '';
  return (
    <span className={classes.status}>
      <StatusShape status={of.status} />
      <span className={classes.words}>
        <span className={classes.word}>{word}</span>
        {short || more === '' ? null : <span className={classes.more}>{more}</span>}
        {short || end === '' ? null : <span className={classes.end}> {end}</span>}
      </span>
    </span>
  );
}
