import { Anchor } from '@mantine/core';
import { Fragment } from 'react';
import { Link } from '../links/link.tsx';

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
