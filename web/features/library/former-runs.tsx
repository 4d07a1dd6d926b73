import { Anchor } from '@mantine/core';
import Link from 'next/link';
import { Fragment } from 'react';
import { runsHref } from '../runs/hrefs.ts';
import classes from './library.module.css';

/** Leads to the runs under names that it had before. */
export function FormerRuns({ names }: { names: readonly string[] | undefined }) {
  if (names === undefined || names.length === 0) return null;
  return (
    <p className={classes.former}>
      Runs from before it was renamed:{' '}
      {names.map((name, at) => (
        <Fragment key={name}>
          {at === 0 ? '' : ', '}
          <Anchor component={Link} href={runsHref(name)} inherit>
            {name}
          </Anchor>
        </Fragment>
      ))}
    </p>
  );
}
