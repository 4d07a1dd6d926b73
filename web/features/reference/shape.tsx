import { Anchor } from '@mantine/core';
import type { Schema } from './openapi.ts';
import classes from './reference.module.css';
import { shapeOf } from './shape-text.ts';

/** A shape in monospace, with links to the schemas that it names. */
export function Shape({ schema, label }: { schema: Schema; label: string }) {
  return (
    <pre className={classes.code} tabIndex={0} aria-label={label}>
      {shapeOf(schema).map((piece, index) =>
        typeof piece === 'string' ? (
          piece
        ) : (
          <Anchor key={String(index)} href={`#schema-${piece.schema}`} inherit>
            {piece.schema}
          </Anchor>
        ),
      )}
    </pre>
  );
}
