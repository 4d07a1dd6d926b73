import { Anchor } from '@mantine/core';
import Link from 'next/link';
import { Empty } from '../features/lists/states.tsx';
import { Shell } from '../features/shell/shell.tsx';

export const metadata = { title: 'Not found' };

export default function NotFound() {
  return (
    <Shell>
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
