'use client';
import { Anchor, Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ApprovalItem, Preview, ShownFile } from '../../../core/api/approvals.ts';
import { shortDigest } from '../../../core/short-digest.ts';
import { api, filePath } from '../api/client.ts';
import { errorText } from '../api/error.ts';
import lists from '../lists/lists.module.css';
import { LineText } from '../log/line.tsx';
import { sizeText } from '../runs/size-text.ts';
import classes from './approvals.module.css';

/** Lines of one file; the rest is in the download. */
const mostLines = 2_000;

/** What is decided on. `open`: the first is read at once. */
export function ShownFiles({ item, open }: { item: ApprovalItem; open: boolean }) {
  return item.files.map((file, index) => (
    <File key={`${file.key} ${file.sha256}`} item={item} file={file} startsOpen={open && index === 0} />
  ));
}

function File({ item, file, startsOpen }: { item: ApprovalItem; file: ShownFile; startsOpen: boolean }) {
  const [isOpen, setOpen] = useState(startsOpen);
  const read = useQuery({
    queryKey: ['preview', item.id, file.key, file.sha256],
    queryFn: ({ signal }) => api.preview(item.id, file.key, signal),
    enabled: isOpen,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <details className={classes.file} open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span className={classes.key}>{file.key}</span>{' '}
        <span className={lists.quiet}>
          {sizeText(file.size)} · <span title={`SHA-256 ${file.sha256}`}>sha256 {shortDigest(file.sha256)}</span>
        </span>
      </summary>
      {read.isLoading ? <Skeleton height={60} my={6} /> : null}
      {read.error === null ? null : (
        <Text role="alert" size="sm" c="red">
          {errorText(read.error)}
        </Text>
      )}
      {read.data === undefined ? null : <Content preview={read.data} name={file.key} />}
      <Anchor href={filePath(item.run.id, file.key)} download size="sm">
        Download
      </Anchor>
    </details>
  );
}

function Content({ preview, name }: { preview: Preview; name: string }) {
  if (preview.text === null) return <p className={lists.quiet}>This is no text, so it is not shown here.</p>;
  const lines = preview.text.replace(/\n$/, '').split('\n');
  const shown = lines.slice(0, mostLines);
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <pre className={classes.content} tabIndex={0} aria-label={name}>
        {shown.map((line, index) => (
          <span key={String(index)}>
            <LineText text={line} />
            {'\n'}
          </span>
        ))}
      </pre>
      {preview.isWhole && shown.length === lines.length ? null : (
        <p className={lists.quiet}>Only its beginning is shown. The download has all of it.</p>
      )}
    </>
  );
}
