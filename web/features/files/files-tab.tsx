'use client';
import { Anchor } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { filesArchivePath } from '../api/client.ts';
import { useFile, useFiles } from '../api/queries.ts';
import { useAddressParam } from '../lists/address.ts';
import { More } from '../lists/more.tsx';
import { SearchField } from '../lists/search-field.tsx';
import { Empty, OrFailure, Skeletons } from '../lists/states.tsx';
import { sizeText } from '../runs/size-text.ts';
import { FilePane } from './file-pane.tsx';
import { type FileRow, fileRows } from './file-tree.ts';
import classes from './files.module.css';

interface Props {
  runKey: string;
  /** Changes when the run does. */
  version: number;
}

/** What a run stored: folders at the left, the chosen file beside them. The address names it, and what is searched for. */
export function FilesTab({ runKey, version }: Props) {
  const [chosen, choose] = useAddressParam('file');
  const [search, setSearch] = useAddressParam('files');
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const read = useFiles(runKey, version, { q: search });
  const pages = read.data?.pages;
  const files = useMemo(() => pages?.flatMap(({ items }) => items) ?? [], [pages]);
  const rows = useMemo(() => fileRows(files, closed, search), [files, closed, search]);
  const known = files.find(({ key }) => key === chosen);
  const isAsked = chosen !== '' && pages !== undefined && known === undefined;
  const asked = useFile(runKey, version, isAsked ? chosen : '');
  const file = known ?? asked.data ?? undefined;
  if (pages === undefined) {
    return (
      <OrFailure read={read}>
        <Skeletons rows={2} />
      </OrFailure>
    );
  }
  const { count, size } = pages[0] ?? { count: 0, size: 0 };
  if (count === 0) {
    return (
      <Empty title="No files">
        <p>What a store Action keeps is listed here, to look at, to download and for later Jobs to load.</p>
      </Empty>
    );
  }
  function toggle(key: string) {
    setClosed((last) => new Set(last.has(key) ? [...last].filter((one) => one !== key) : [...last, key]));
  }
  return (
    <div className={classes.columns}>
      <div className={classes.tree}>
        <div className={classes.filter}>
          <SearchField
            label="Search files"
            placeholder={`Search ${count} files`}
            size="xs"
            q={search}
            onSearch={setSearch}
          />
          <Anchor href={filesArchivePath(runKey)} download inherit>
            Download all, {sizeText(size)}
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
        <More pages={read} />
      </div>
      {file !== undefined ? (
        <FilePane key={file.key} runKey={runKey} file={file} />
      ) : isAsked && asked.data === undefined ? (
        <OrFailure read={asked}>
          <Skeletons rows={4} />
        </OrFailure>
      ) : (
        <Empty title={chosen === '' ? 'No file is open' : `There is no file ${chosen}`}>
          <p>Choose one to look at it.</p>
        </Empty>
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
