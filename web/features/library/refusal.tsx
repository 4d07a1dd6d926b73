'use client';
import { Alert, Anchor } from '@mantine/core';
import { ApiError, errorText } from '../api/error.ts';
import { Link } from '../links/link.tsx';
import { definitionHref } from '../runs/hrefs.ts';
import classes from './library.module.css';

/** Why something was not saved or removed; what is saved and stands in the way is a link. */
export function Refusal({ error }: { error: unknown }) {
  if (error === null || error === undefined) return null;
  const text = errorText(error);
  const all = error instanceof ApiError ? (error.problem?.problems ?? []) : [];
  const problems = all.filter(({ definition, message }) => definition !== undefined || !text.includes(message));
  return (
    <Alert color="red" variant="light" role="alert" mt="sm">
      <p>{text}</p>
      {problems.length === 0 ? null : (
        <ul className={classes.problems}>
          {problems.map(({ definition, message, path, line }) => {
            const href = definition === undefined ? null : definitionHref(definition.kind, definition.name);
            return (
              <li key={`${definition?.kind}/${definition?.name}/${path}/${line}/${message}`}>
                {definition === undefined || href === null ? (
                  path
                ) : (
                  <Anchor component={Link} href={href} inherit c="inherit">
                    {definition.kind} {definition.name}
                  </Anchor>
                )}
                {definition === undefined && path === '' ? '' : ': '}
                {message}
              </li>
            );
          })}
        </ul>
      )}
    </Alert>
  );
}
