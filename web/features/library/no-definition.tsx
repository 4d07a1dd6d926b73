'use client';
import { useRouter } from 'next/navigation';
import { type ReactNode, useEffect } from 'react';
import { Empty, Skeletons } from '../lists/states.tsx';
import { definitionHref } from '../runs/hrefs.ts';
import { useNamed } from './queries.ts';

/** Where there is none of that name: what is called so among these kinds, or was before it was renamed, is led to. */
export function NoDefinition({
  name,
  kinds,
  title,
  children,
}: {
  name: string;
  kinds: readonly string[];
  title: string;
  children: ReactNode;
}) {
  const router = useRouter();
  const read = useNamed(name);
  const found = read.data?.filter(({ kind }) => kinds.includes(kind)) ?? [];
  const one = found.find((each) => each.name === name) ?? found[0];
  const href = one === undefined ? null : definitionHref(one.kind, one.name);
  useEffect(() => {
    if (href !== null) router.replace(href + window.location.search);
  }, [router, href]);
  if (read.isPending || href !== null) return <Skeletons />;
  return <Empty title={title}>{children}</Empty>;
}
