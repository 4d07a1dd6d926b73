import { Anchor } from '@mantine/core';
import Link from 'next/link';
import { Fragment } from 'react';
import pipelines from '../pipelines/pipelines.module.css';
import { runsHref } from '../runs/hrefs.ts';

/** Leads to the runs under names that it had before. */
export function FormerRuns({ names }: { names: readonly string[] | undefined }) {
  if (names === undefined || names.length === 0) return null;
  return (
    <p className={pipelines.former}>
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
