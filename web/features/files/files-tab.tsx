'use client';
import { Anchor, TextInput } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { StoredFile } from '../../../core/api/objects.ts';
import { filesArchivePath } from '../api/client.ts';
import { useAddressParam } from '../lists/address.ts';
import { Empty, Skeletons } from '../lists/states.tsx';
import { sizeText } from '../runs/size-text.ts';
import { FilePane } from './file-pane.tsx';
import { type FileRow, fileRows } from './file-tree.ts';
import classes from './files.module.css';

/** What a run stored: folders at the left, the chosen file beside them. The address names it. */
export function FilesTab({ runKey, files }: { runKey: string; files: readonly StoredFile[] | undefined }) {
  const [chosen, choose] = useAddressParam('file');
  const [search, setSearch] = useState('');
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const rows = useMemo(() => fileRows(files ?? [], closed, search), [files, closed, search]);
  if (files === undefined) return <Skeletons rows={2} />;
  if (files.length === 0) {
    return (
      <Empty title="No files">
        <p>What a store Action keeps is listed here, to look at, to download and for later Jobs to load.</p>
      </Empty>
    );
  }
  const file = files.find(({ key }) => key === chosen);
  const total = files.reduce((sum, { size }) => sum + size, 0);
  function toggle(key: string) {
    setClosed((last) => new Set(last.has(key) ? [...last].filter((one) => one !== key) : [...last, key]));
  }
  return (
    <div className={classes.columns}>
      <div className={classes.tree}>
        <div className={classes.filter}>
          <TextInput
            size="xs"
            aria-label="Search files"
            placeholder={`Search ${files.length} files`}
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
          <Anchor href={filesArchivePath(runKey)} download inherit>
            Download all, {sizeText(total)}
          </Anchor>
        </div>
        <ul aria-label="Files" className={classes.rows}>
          {rows.map((row) => (
            <li key={row.key}>
              <Row
                row={row}
                isChosen={row.key === chosen}
                isClosed={closed.has(row.key)}
                onChoose={choose}
                onToggle={toggle}
              />
            </li>
          ))}
        </ul>
        {rows.length === 0 ? <p className={classes.note}>No file is like this.</p> : null}
      </div>
      {file === undefined ? (
        <Empty title={chosen === '' ? 'No file is open' : `There is no file ${chosen}`}>
          <p>Choose one to look at it.</p>
        </Empty>
      ) : (
        <FilePane key={file.key} runKey={runKey} file={file} />
      )}
    </div>
  );
}

function Row({
  row: { key, name, depth, file },
  isChosen,
  isClosed,
  onChoose,
  onToggle,
}: {
  row: FileRow;
  isChosen: boolean;
  isClosed: boolean;
  onChoose: (key: string) => void;
  onToggle: (key: string) => void;
}) {
  const style = { '--depth': depth } as React.CSSProperties;
  const Chevron = isClosed ? IconChevronRight : IconChevronDown;
  return (
    <button
      type="button"
      className={classes.row}
      style={style}
      data-row
      {...(file === undefined ? { 'aria-expanded': !isClosed } : { 'aria-current': isChosen })}
      onClick={() => (file === undefined ? onToggle(key) : onChoose(key))}
    >
      {file === undefined ? <Chevron size={14} aria-hidden /> : <span className={classes.noChevron} />}
      <span className={classes.name}>{name}</span>
      {file === undefined ? null : <span className={classes.size}>{sizeText(file.size)}</span>}
    </button>
  );
}
