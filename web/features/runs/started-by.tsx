'use client';
import { Anchor } from '@mantine/core';
import type { RunDetail } from '../../../core/api/objects.ts';
import { Link } from '../links/link.tsx';
import { useWho } from '../session/who.ts';
import { deliveryHref, triggerHref } from './hrefs.ts';

/** A person, or the Trigger and what it was sent. */
export function StartedBy({ run }: { run: RunDetail }) {
  const who = useWho();
  if (run.trigger === undefined) return who(run.startedBy);
  const { name, delivery } = run.trigger;
  return (
    <>
      {run.startedBy === `trigger/${name}` ? '' : `${who(run.startedBy)}, as first by `}
      <Anchor component={Link} href={triggerHref(name)} inherit>
        {name}
      </Anchor>
      {' · '}
      <Anchor component={Link} href={deliveryHref(delivery)} inherit>
        delivery
      </Anchor>
    </>
  );
}
