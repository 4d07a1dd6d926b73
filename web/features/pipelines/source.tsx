'use client';
import { useDefinition } from '../api/queries.ts';
import { CopyableText } from '../lists/copy.tsx';
import { Failure, Skeletons } from '../lists/states.tsx';

/** A document as it was saved. */
export function Source({ name, text }: { name: string; text: string }) {
  return <CopyableText label={`YAML of ${name}`} text={text} />;
}

/** The newest version's. */
export function SavedSource({ kind, name }: { kind: string; name: string }) {
  const read = useDefinition(kind, name);
  if (read.data !== undefined) return <Source name={name} text={read.data.source} />;
  return read.error === null ? <Skeletons /> : <Failure error={read.error} onRetry={() => void read.refetch()} />;
}
