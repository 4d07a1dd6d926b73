import { Anchor } from '@mantine/core';
import type { WaitHolder } from '../../../core/run-state.ts';
import { Link } from '../links/link.tsx';
import { runHref } from '../runs/hrefs.ts';
import { holderName } from '../status/wait-text.ts';

/** The run that has or wants a lock, with its Job where it is one's. */
export function HolderLink({ holder }: { holder: WaitHolder }) {
  return (
    <Anchor component={Link} href={runHref(holder)} inherit>
      {holderName(holder)}
    </Anchor>
  );
}
