'use client';
import NextLink from 'next/link';
import { useRouter } from 'next/navigation';
import type { ComponentProps } from 'react';

/** Reads what it leads to when it is pointed at or focused: a page has dozens of links, and to read all is its slowest part. */
export function Link({ onPointerEnter, onFocus, ...props }: ComponentProps<typeof NextLink>) {
  const router = useRouter();
  const read = () => {
    if (typeof props.href === 'string') router.prefetch(props.href);
  };
  return (
    <NextLink
      {...props}
      prefetch={false}
      onPointerEnter={(event) => {
        read();
        onPointerEnter?.(event);
      }}
      onFocus={(event) => {
        read();
        onFocus?.(event);
      }}
    />
  );
}
