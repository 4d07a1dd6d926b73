'use client';
import { Button, CopyButton } from '@mantine/core';
import { useDefinition } from '../api/queries.ts';
import { Failure, Skeletons } from '../lists/states.tsx';
import classes from './pipelines.module.css';

/** The document as it was saved. */
export function Source({ kind, name }: { kind: string; name: string }) {
  const read = useDefinition(kind, name);
  if (read.data === undefined) {
    return read.error === null ? <Skeletons /> : <Failure error={read.error} onRetry={() => void read.refetch()} />;
  }
  return (
    <div className={classes.source}>
      <pre tabIndex={0} aria-label={`YAML of ${name}`}>
        {read.data.source}
      </pre>
      <CopyButton value={read.data.source}>
        {({ copied, copy }) => (
          <Button size="compact-xs" variant="default" onClick={copy}>
            {copied ? 'Copied' : 'Copy'}
          </Button>
        )}
      </CopyButton>
    </div>
  );
}
