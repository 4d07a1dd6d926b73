'use client';
import { ActionIcon, TextInput, Tooltip } from '@mantine/core';
import { IconChevronDown, IconChevronUp, IconClock, IconDownload, IconSearch, IconTextWrap } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './log.module.css';
import type { Found } from './search.ts';

interface Props {
  query: string;
  onQuery: (query: string) => void;
  found: Found;
  total: number;
  target: number | null;
  onStep: (step: 1 | -1) => void;
  wrap: boolean;
  onWrap: (wrap: boolean) => void;
  times: boolean;
  onTimes: (times: boolean) => void;
  downloadHref: string;
}

/** Search, wrap, times and download of a log. */
export function LogBar(props: Props) {
  const { query, found, total, target, wrap, times } = props;
  return (
    <div className={classes.tools}>
      {query === '' ? null : (
        <span className={classes.hits} role="status">
          {hitsText(found, total, target)}
        </span>
      )}
      <TextInput
        size="xs"
        className={classes.search}
        aria-label="Search in the log"
        placeholder="Search"
        leftSection={<IconSearch size={14} aria-hidden />}
        value={query}
        data-list-search
        onChange={(event) => props.onQuery(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') props.onStep(event.shiftKey ? -1 : 1);
          if (event.key === 'Escape') props.onQuery('');
        }}
      />
      <ActionIcon.Group>
        <Tool label="Previous hit" disabled={found.lines.length === 0} onClick={() => props.onStep(-1)}>
          <IconChevronUp size={16} />
        </Tool>
        <Tool label="Next hit" disabled={found.lines.length === 0} onClick={() => props.onStep(1)}>
          <IconChevronDown size={16} />
        </Tool>
      </ActionIcon.Group>
      <Tool label="Wrap long lines" pressed={wrap} onClick={() => props.onWrap(!wrap)}>
        <IconTextWrap size={16} />
      </Tool>
      <Tool label="Show times" pressed={times} onClick={() => props.onTimes(!times)}>
        <IconClock size={16} />
      </Tool>
      <Tooltip label="Download">
        <ActionIcon
          component="a"
          variant="default"
          size={30}
          href={props.downloadHref}
          download
          aria-label="Download the log"
        >
          <IconDownload size={16} />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}

function Tool({
  label,
  pressed,
  disabled = false,
  onClick,
  children,
}: {
  label: string;
  pressed?: boolean;
  disabled?: boolean;
  onClick: () => void;
  children: ReactNode;
}) {
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant={pressed ? 'light' : 'default'}
        size={30}
        aria-label={label}
        disabled={disabled}
        onClick={onClick}
        {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  );
}

function hitsText(found: Found, total: number, target: number | null): string {
  const at = target === null ? -1 : found.lines.indexOf(target);
  const count = `${found.lines.length}${found.more ? '+' : ''}`;
  const text = at === -1 ? `${count} lines` : `${at + 1} of ${count}`;
  const isDone = found.more || found.upTo >= total;
  return isDone ? text : `${text}, ${Math.floor((found.upTo / total) * 100)} %`;
}
