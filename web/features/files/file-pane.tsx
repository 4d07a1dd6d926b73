'use client';
import { Anchor, CopyButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { StoredFile } from '../../../core/api/objects.ts';
import type { FilePreview } from '../../../core/api/previews.ts';
import { api, fileImagePath, filePath } from '../api/client.ts';
import { later } from '../later/later.tsx';
import { Failure, Skeletons } from '../lists/states.tsx';
import { sizeText } from '../runs/size-text.ts';
import { Time } from '../time/time.tsx';
import classes from './files.module.css';
import { shownText } from './shown-text.ts';

const Markdown = later(
  () => import('../summaries/markdown.tsx').then((room) => room.Markdown),
  () => <Skeletons rows={3} />,
);

/** One file: what is known of it and, where it is text or an image, what is in it. */
export function FilePane({ runKey, file }: { runKey: string; file: StoredFile }) {
  const read = useQuery({
    queryKey: ['preview', runKey, file.key, file.sha256],
    queryFn: ({ signal }) => api.filePreview(runKey, file.key, signal),
  });
  return (
    <section aria-label={file.key} className={classes.pane}>
      <div className={classes.head}>
        <strong>{file.key}</strong>
        <Anchor href={filePath(runKey, file.key)} download inherit>
          Download
        </Anchor>
        <p className={classes.facts}>
          {sizeText(file.size)} · stored by {file.jobPath} <Time at={file.storedAt} /> · SHA-256{' '}
          <CopyButton value={file.sha256}>
            {({ copied, copy }) => (
              <button type="button" className={classes.digest} title={`Copy ${file.sha256}`} onClick={copy}>
                {copied ? 'copied' : file.sha256.slice(0, 16)}
              </button>
            )}
          </CopyButton>
        </p>
      </div>
      {read.data !== undefined ? (
        <Content runKey={runKey} file={file} preview={read.data} />
      ) : read.error === null ? (
        <Skeletons rows={4} />
      ) : (
        <Failure error={read.error} onRetry={() => void read.refetch()} />
      )}
    </section>
  );
}

function Content({ runKey, file, preview }: { runKey: string; file: StoredFile; preview: FilePreview }) {
  switch (preview.kind) {
    case 'image':
      return (
        <div className={classes.image}>
          {/* biome-ignore lint/performance/noImgElement: it is a run's own file, which nothing is to be made of */}
          <img src={fileImagePath(runKey, file.key)} alt={file.key} />
        </div>
      );
    case 'none':
      return <p className={classes.note}>It is neither text nor an image that is shown here. Download it to see it.</p>;
    case 'text': {
      if (preview.text === '') return <p className={classes.note}>It is empty.</p>;
      const isMarkdown = /\.(?:md|markdown)$/i.test(file.key);
      return (
        <>
          {preview.isCut ? <p className={classes.note}>Only the first 256 KiB are shown.</p> : null}
          {isMarkdown ? (
            <Markdown text={preview.text} />
          ) : (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
            <pre className={classes.text} tabIndex={0}>
              {shownText(file.key, preview)}
            </pre>
          )}
        </>
      );
    }
  }
}
