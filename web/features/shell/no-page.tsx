'use client';
import { Anchor } from '@mantine/core';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { PageHead } from '../lists/page-head.tsx';
import { Empty } from '../lists/states.tsx';

// Every page brings this one with it, so what it stands in comes only where it is shown.
const Shell = dynamic(() => import('./shell.tsx').then((room) => room.Shell));

export function NoPage() {
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
