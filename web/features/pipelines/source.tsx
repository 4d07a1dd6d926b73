'use client';
import { Button, CopyButton } from '@mantine/core';
import { useDefinition } from '../api/queries.ts';
import { Failure, Skeletons } from '../lists/states.tsx';
import classes from './pipelines.module.css';

/** A document as it was saved. */
export function Source({ name, text }: { name: string; text: string }) {
  return (
    <div className={classes.source}>
      <pre tabIndex={0} aria-label={`YAML of ${name}`}>
        {text}
      </pre>
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Button size="compact-xs" variant="default" onClick={copy}>
            {copied ? 'Copied' : 'Copy'}
          </Button>
        )}
      </CopyButton>
    </div>
  );
}

/** The newest version's. */
export function SavedSource({ kind, name }: { kind: string; name: string }) {
  const read = useDefinition(kind, name);
  if (read.data !== undefined) return <Source name={name} text={read.data.source} />;
  return read.error === null ? <Skeletons /> : <Failure error={read.error} onRetry={() => void read.refetch()} />;
}
