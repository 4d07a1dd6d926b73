'use client';
import { Anchor } from '@mantine/core';
import { Link } from '../links/link.tsx';
import { PageHead } from '../lists/page-head.tsx';
import { Empty } from '../lists/states.tsx';
import { Shell } from './shell.tsx';

export function NotFound() {
  return (
    <Shell>
      <NothingThere />
    </Shell>
  );
}

/** The same, for what stands in the shell already. */
export function NothingThere() {
  return (
    <>
      <PageHead title="Not found" />
      <Empty title="There is no such page">
        <p>
          The address may be mistyped, or what it named was removed. Go to the{' '}
          <Anchor component={Link} href="/" inherit>
            home page
          </Anchor>{' '}
          or search with Ctrl K.
        </p>
      </Empty>
    </>
  );
}
