import { Anchor } from '@mantine/core';
import Link from 'next/link';
import { Fragment } from 'react';

/** Names in a sentence, each a link; one may be there twice. */
export function LinkedNames({ names, hrefOf }: { names: readonly string[]; hrefOf(name: string): string }) {
  return names.map((name, at) => (
    <Fragment key={String(at)}>
      {at === 0 ? '' : ', '}
      <Anchor component={Link} href={hrefOf(name)} inherit>
        {name}
      </Anchor>
    </Fragment>
  ));
}
