'use client';
import { type ReactNode, useId } from 'react';
import classes from '../editor.module.css';
import type { Path } from '../text/edit.ts';
import { pathMark } from './field-props.ts';

/** Several inputs that are one field. */
export function FieldGroup({
  label,
  description,
  error,
  path,
  children,
}: {
  label: string;
  description?: string | undefined;
  error: string | undefined;
  path: Path;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <div role="group" aria-labelledby={id} className={classes.group} data-path={pathMark(path)} tabIndex={-1}>
      <span id={id} className={classes.groupLabel}>
        {label}
      </span>
      {description === undefined ? null : <span className={classes.help}>{description}</span>}
      {children}
      {error === undefined ? null : (
        <p className={classes.error} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}
