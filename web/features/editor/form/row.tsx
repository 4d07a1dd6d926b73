'use client';
import { ActionIcon, Menu } from '@mantine/core';
import { IconAlertCircle, IconChevronDown, IconChevronRight, IconDots } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from '../editor.module.css';
import { isWithin, stepsOf } from '../problem-place.ts';
import type { Path } from '../text/edit.ts';
import { useEditor } from '../use-editor.ts';
import { pathMark } from './field-props.ts';

export interface RowAct {
  label: string;
  act: () => void;
  isDangerous?: boolean;
  isOff?: boolean;
}

/** A Job or Action in one line, open where it is what one works on. */
export function Row({
  path,
  title,
  summary,
  isOpen,
  depth = 0,
  acts,
  children,
}: {
  path: Path;
  title: string;
  summary: string;
  isOpen: boolean;
  depth?: number;
  acts: readonly RowAct[];
  children: ReactNode;
}) {
  const { select, problems, isReadOnly } = useEditor();
  const count = problems.found.filter((problem) => isWithin(stepsOf(problem.path), path)).length;
  const Chevron = isOpen ? IconChevronDown : IconChevronRight;
  return (
    <li
      className={classes.row}
      data-open={isOpen || undefined}
      style={{ marginLeft: depth * 16 }}
      data-row-path={pathMark(path)}
    >
      <div className={classes.rowHead}>
        <button
          type="button"
          className={classes.rowButton}
          aria-expanded={isOpen}
          onClick={() => select(isOpen ? path.slice(0, -2) : path, 'form')}
        >
          <Chevron size={14} aria-hidden />
          <span className={classes.rowTitle}>{title}</span>
          <span className={classes.rowSummary}>{summary}</span>
          {count === 0 ? null : (
            <span className={classes.mark} title={count === 1 ? '1 problem' : `${count} problems`}>
              <IconAlertCircle size={14} aria-label={count === 1 ? '1 problem' : `${count} problems`} />
            </span>
          )}
        </button>
        {isReadOnly ? null : (
          <Menu position="bottom-end" withinPortal>
            <Menu.Target>
              <ActionIcon variant="subtle" color="gray" size="sm" aria-label={`More for ${title}`}>
                <IconDots size={14} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              {acts.map(({ label, act, isDangerous = false, isOff = false }) => (
                <Menu.Item key={label} disabled={isOff} {...(isDangerous ? { color: 'red' } : {})} onClick={act}>
                  {label}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        )}
      </div>
      {isOpen ? <div className={classes.rowBody}>{children}</div> : null}
    </li>
  );
}
