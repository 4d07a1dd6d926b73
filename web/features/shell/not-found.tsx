'use client';
import { Anchor } from '@mantine/core';
import Link from 'next/link';
import { PageHead } from '../lists/page-head.tsx';
import { Empty } from '../lists/states.tsx';
import { Shell } from './shell.tsx';

export function NotFound() {
  return (
    <Shell>
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
    </Shell>
  );
}
