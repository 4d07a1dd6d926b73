'use client';
import { useNow } from './clock.ts';
import { durationText, relativeText, tickingText } from './duration-text.ts';
import { exactText } from './exact-text.ts';
import classes from './time.module.css';

/** A moment, relative, with the exact one on hover. */
export function Time({ at }: { at: string }) {
  const now = useNow();
  const time = Date.parse(at);
  return (
    <time
      dateTime={at}
      className={classes.time}
      onPointerEnter={({ currentTarget }) => {
        currentTarget.title = exactText(time);
      }}
    >
      {now === 0 ? '' : relativeText(time, now)}
    </time>
  );
}

/** How long something took, or takes while it has no end. Nothing before it started. */
export function Duration({ from, to }: { from: string | null; to: string | null }) {
  const now = useNow(from !== null && to === null);
  if (from === null) return null;
  const text = to === null ? tickingText(now - Date.parse(from)) : durationText(Date.parse(to) - Date.parse(from));
  return <span className={classes.time}>{text}</span>;
}
