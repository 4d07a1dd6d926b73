'use client';
import { Button } from '@mantine/core';
import { IconArrowDown } from '@tabler/icons-react';
import { type MouseEvent, useEffect, useLayoutEffect, useRef } from 'react';
import { LogRow } from './line.tsx';
import classes from './log.module.css';
import type { LogSource } from './log-source.ts';
import { pivotOf, rowHeight, scrollHeight } from './scroll-model.ts';
import { useLogScroll } from './use-log-scroll.ts';

interface Props {
  source: LogSource;
  query: string;
  wrap: boolean;
  times: boolean;
  /** Line that is linked to or found. */
  target: number | null;
  onTarget: (n: number) => void;
  /** The reader has moved the log, and so means to stay with it. */
  onMove: () => void;
  /** Starts at the end, and stays there while lines come. */
  startAtEnd: boolean;
}

const beyond = 10;

/** Only what is seen is drawn, up and down from one line whose place is known, so no line's height must be. */
export function LogView({ source, query, wrap, times, target, onTarget, onMove, startAtEnd }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const below = useRef<HTMLDivElement>(null);
  const above = useRef<HTMLDivElement>(null);
  const total = source.model.total();
  const scroll = useLogScroll(scroller, total, startAtEnd && target === null, onMove);
  const { view, top } = scroll;
  const pivot = pivotOf(top, view);
  const first = Math.max(0, pivot.index - Math.ceil(pivot.y / rowHeight) - beyond);
  const end = Math.min(total, pivot.index + Math.ceil((view.height - pivot.y) / rowHeight) + beyond);

  useLayoutEffect(() => {
    const line = below.current?.firstElementChild;
    const height = wrap && line ? line.getBoundingClientRect().height : rowHeight;
    const y = pivot.y - pivot.inLine * height;
    if (below.current) below.current.style.transform = `translateY(${y}px)`;
    if (above.current) above.current.style.transform = `translateY(${y - view.height}px)`;
  });
  useEffect(() => source.need(first + 1, end));
  const { show } = scroll;
  const isLoaded = total > 0;
  useEffect(() => {
    if (target !== null && isLoaded) show(target);
  }, [target, isLoaded, show]);

  function onClick(event: MouseEvent) {
    const n = Number((event.target as HTMLElement).dataset.line);
    if (!n || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    onTarget(n);
  }
  const row = (index: number) => (
    <LogRow
      key={index}
      n={index + 1}
      line={source.model.line(index + 1)}
      query={query}
      isTarget={target === index + 1}
    />
  );
  return (
    <div className={classes.frame}>
      {/* One listener for the line numbers, which are links. */}
      <div
        ref={scroller}
        className={classes.scroller}
        tabIndex={0}
        role="log"
        aria-live="off"
        aria-label="Log"
        onClick={onClick}
      >
        <div style={{ height: scrollHeight(view) }}>
          <div
            className={classes.view}
            style={{ height: view.height, '--digits': String(total).length } as React.CSSProperties}
            data-wrap={wrap || undefined}
            data-times={times || undefined}
          >
            <div ref={above} className={classes.above}>
              {indexes(first, pivot.index).map(row)}
            </div>
            <div ref={below} className={classes.below}>
              {indexes(pivot.index, end).map(row)}
            </div>
          </div>
        </div>
      </div>
      {scroll.sticks || total * rowHeight <= view.height ? null : (
        <Button
          size="compact-sm"
          variant="default"
          className={classes.toEnd}
          leftSection={<IconArrowDown size={14} aria-hidden />}
          onClick={scroll.toEnd}
        >
          {source.model.closed() ? 'To the end' : 'Follow'}
        </Button>
      )}
    </div>
  );
}

function indexes(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
}
