'use client';
import { Button } from '@mantine/core';
import { type Pages, readNextPage } from './next-page.ts';

interface Listed extends Pages {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
}

/** The next page of a keyset list. */
export function More({ pages }: { pages: Listed }) {
  if (!pages.hasNextPage) return null;
  return (
    <Button
      variant="default"
      size="xs"
      mt="sm"
      loading={pages.isFetchingNextPage}
      onClick={() => void readNextPage(pages)}
    >
      Show more
    </Button>
  );
}
