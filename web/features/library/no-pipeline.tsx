'use client';
import { Anchor } from '@mantine/core';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { Empty, Skeletons } from '../lists/states.tsx';
import { definitionHref, runsHref } from '../runs/hrefs.ts';
import { useNamed } from './queries.ts';

/** Where there is no Pipeline of that name: a run by itself has the name of its Job or Action, whose page this leads to. */
export function NoPipeline({ name }: { name: string }) {
  const router = useRouter();
  const read = useNamed(name);
  const found = read.data?.find(({ kind }) => kind === 'Job' || kind === 'Action');
  const href = found === undefined ? null : definitionHref(found.kind, name);
  useEffect(() => {
    if (href !== null) router.replace(href + window.location.search);
  }, [router, href]);
  if (read.isPending || href !== null) return <Skeletons />;
  return (
    <Empty title="There is no such Pipeline">
      <p>
        Runs stay when their Pipeline goes:{' '}
        <Anchor component={Link} href={runsHref(name)} inherit>
          runs of {name}
        </Anchor>
      </p>
      <Anchor component={Link} href="/pipelines" inherit>
        All Pipelines
      </Anchor>
    </Empty>
  );
}
