'use client';
import { ActionIcon, Menu } from '@mantine/core';
import { IconAlertCircle, IconChevronDown, IconChevronRight, IconDots } from '@tabler/icons-react';
import { memo, type ReactNode, useState } from 'react';
import classes from '../editor.module.css';

export interface RowAct {
  label: string;
  act: () => void;
  isDangerous?: boolean;
  isOff?: boolean;
}

interface Props {
  /** The path of the Job or Action, as `pathMark` has it. */
  mark: string;
  title: string;
  summary: string;
  isOpen: boolean;
  depth?: number;
  problems: number;
  isReadOnly: boolean;
  onToggle: (mark: string) => void;
  /** Asked for when the menu is opened. */
  actsOf: (mark: string) => readonly RowAct[];
  children: ReactNode;
}

/**
 * A Job or Action in one line, open where it is what one works on. There may be hundreds, and each key that is typed draws
 * the form anew, so a closed one is drawn again only when something of it changed.
 */
export const Row = memo(function Row({
  mark,
  title,
  summary,
  isOpen,
  depth = 0,
  problems,
  isReadOnly,
  onToggle,
  actsOf,
  children,
}: Props) {
  const Chevron = isOpen ? IconChevronDown : IconChevronRight;
  const counted = problems === 1 ? '1 problem' : `${problems} problems`;
  return (
    <li className={classes.row} data-open={isOpen || undefined} style={{ marginLeft: depth * 16 }} data-row-path={mark}>
      <div className={classes.rowHead}>
        <button type="button" className={classes.rowButton} aria-expanded={isOpen} onClick={() => onToggle(mark)}>
          <Chevron size={14} aria-hidden />
          <span className={classes.rowTitle}>{title}</span>
          <span className={classes.rowSummary}>{summary}</span>
          {problems === 0 ? null : (
            <span className={classes.mark} title={counted}>
              <IconAlertCircle size={14} aria-label={counted} />
            </span>
          )}
        </button>
        {isReadOnly ? null : <RowMenu title={title} acts={() => actsOf(mark)} />}
      </div>
      {isOpen ? <div className={classes.rowBody}>{children}</div> : null}
    </li>
  );
});

/** The menu itself is made when it is first wanted. */
function RowMenu({ title, acts }: { title: string; acts: () => readonly RowAct[] }) {
  const [isOpened, setOpened] = useState(false);
  const button = (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="sm"
      aria-label={`More for ${title}`}
      aria-haspopup="menu"
      onClick={() => setOpened(true)}
    >
      <IconDots size={14} />
    </ActionIcon>
  );
  if (!isOpened) return button;
  return (
    <Menu position="bottom-end" withinPortal opened onChange={setOpened}>
      <Menu.Target>{button}</Menu.Target>
      <Menu.Dropdown>
        {acts().map(({ label, act, isDangerous = false, isOff = false }) => (
          <Menu.Item key={label} disabled={isOff} {...(isDangerous ? { color: 'red' } : {})} onClick={act}>
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
