import { Anchor } from '@mantine/core';
import type { StoredFile } from '../../../core/api/objects.ts';
import { filePath } from '../api/client.ts';
import lists from '../lists/lists.module.css';
import { Empty, Skeletons } from '../lists/states.tsx';
import { Time } from '../time/time.tsx';
import classes from './run.module.css';
import { sizeText } from './size-text.ts';

export function Files({ runKey, files }: { runKey: string; files: readonly StoredFile[] | undefined }) {
  if (files === undefined) return <Skeletons rows={2} />;
  if (files.length === 0) {
    return (
      <Empty title="No files">
        <p>What a store Action keeps is listed here, to download and for later Jobs to load.</p>
      </Empty>
    );
  }
  return (
    <ul className={lists.list} aria-label="Files">
      {files.map((file) => (
        <li key={file.key} className={`${lists.row} ${classes.file}`}>
          <Anchor href={filePath(runKey, file.key)} download inherit className={lists.open} data-row>
            {file.key}
          </Anchor>
          <span className={lists.quiet}>{file.jobPath}</span>
          <span className={`${lists.quiet} ${classes.digest}`} title={`SHA-256 ${file.sha256}`}>
            {file.sha256.slice(0, 12)}
          </span>
          <span className={lists.number}>{sizeText(file.size)}</span>
          <span className={`${lists.quiet} ${lists.number}`}>
            <Time at={file.storedAt} />
          </span>
        </li>
      ))}
    </ul>
  );
}
