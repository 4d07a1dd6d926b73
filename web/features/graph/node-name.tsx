import { VisuallyHidden } from '@mantine/core';
import classes from './graph.module.css';
import { nameParts } from './name-parts.ts';

/** A Job's name, clipped in its middle where it is too long for its box. */
export function NodeName({ name }: { name: string }) {
  const [start, end] = nameParts(name);
  if (end === '') return <span className={classes.name}>{name}</span>;
  return (
    <span className={classes.halves}>
      <VisuallyHidden>{name}</VisuallyHidden>
      <span className={classes.start} aria-hidden>
        {start}
      </span>
      <span aria-hidden>{end}</span>
    </span>
  );
}
