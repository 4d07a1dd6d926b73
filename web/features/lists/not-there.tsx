'use client';
import { Anchor } from '@mantine/core';
import type { ReactNode } from 'react';
import { isNotFound } from '../api/error.ts';
import { Link } from '../links/link.tsx';
import { PageHead } from './page-head.tsx';
import { Empty, Failure, type Read, Skeletons } from './states.tsx';

/** The page of one thing while that is not there: it is on its way, could not be read, or is gone. */
export function NotThere({ title, read, rows, gone }: { title: string; read: Read; rows?: number; gone: ReactNode }) {
  return (
    <>
      <PageHead title={title} />
      {read.error === null ? <Skeletons {...(rows === undefined ? {} : { rows })} /> : null}
      {isNotFound(read.error) ? gone : null}
      {read.error === null || isNotFound(read.error) ? null : (
        <Failure error={read.error} onRetry={() => void read.refetch()} />
      )}
    </>
  );
}

/** There is none, and where those are that there are. */
export function NoSuch({ what, href, all }: { what: string; href: string; all: string }) {
  return (
    <Empty title={`There is no such ${what}`}>
      <Anchor component={Link} href={href} inherit>
        {all}
      </Anchor>
    </Empty>
  );
}
