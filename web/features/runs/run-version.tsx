'use client';
import { Anchor } from '@mantine/core';
import Link from 'next/link';
import type { RunSummary } from '../../../core/api/objects.ts';
import { triedName } from '../../../core/tries.ts';
import { versionHref } from './hrefs.ts';

/** Which version a run executes, as the way to it. */
export function RunVersion({ run }: { run: RunSummary }) {
  if (triedName(run.pipeline) !== undefined) return ' · not saved';
  return (
    <>
      {' · '}
      <Anchor component={Link} href={versionHref(run.pipeline, run.version)} inherit>
        version {run.version}
      </Anchor>
    </>
  );
}
