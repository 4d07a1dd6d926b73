'use client';
import { ActionIcon, Group } from '@mantine/core';
import { IconZoomIn, IconZoomOut, IconZoomReset } from '@tabler/icons-react';
import { useCallback, useMemo, useState } from 'react';
import type { RunDetail } from '../../../core/api/objects.ts';
import { Empty } from '../lists/states.tsx';
import type { Selection } from '../runs/selection.ts';
import { isOpen } from '../status/words.ts';
import { useNow } from '../time/clock.ts';
import { durationText } from '../time/duration-text.ts';
import { ticks, tickText } from './ticks.ts';
import classes from './timeline.module.css';
import { TimelineLine } from './timeline-line.tsx';
import { timelineOf } from './timeline-rows.ts';

const zooms = [1, 2, 4, 8, 16, 32];
const marks = 6;

/** When each Job of a run waited and ran, and what made the run as long as it was. */
export function Timeline({
  run,
  selected,
  onSelect,
}: {
  run: RunDetail;
  /** Path of the Job that is open on the page: its Actions are shown. */
  selected: string | undefined;
  onSelect: (selection: Selection) => void;
}) {
  const goesOn = isOpen(run.status);
  const now = useNow(goesOn);
  const model = useMemo(() => timelineOf(run, now), [run, now]);
  const [zoom, setZoom] = useState(0);
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const toggle = useCallback((path: string) => {
    setToggled((last) => new Set(last.has(path) ? [...last].filter((one) => one !== path) : [...last, path]));
  }, []);
  if (model.rows.every(({ bars }) => bars.length === 0)) return <Empty title="No Job has started yet" />;
  const factor = zooms[zoom] ?? 1;
  const all = ticks(model.end - model.start, marks * factor);
  const step = all[1] ?? model.end - model.start;
  // Up to the next mark, so that the scale does not change each second.
  const span = Math.max(1, Math.ceil((model.end - model.start) / step) * step);
  const scale = { start: model.start, span };
  return (
    <section aria-label="Timeline">
      <Group justify="space-between" gap="xs" mb="xs">
        <p>
          Critical path: <strong>ran {durationText(model.ran)}</strong>, waited {durationText(model.waited)}
        </p>
        <Group gap="md">
          <Legend />
          <ActionIcon.Group>
            <ActionIcon variant="default" aria-label="Zoom out" disabled={zoom === 0} onClick={() => setZoom(zoom - 1)}>
              <IconZoomOut size={16} />
            </ActionIcon>
            <ActionIcon variant="default" aria-label="Show all" disabled={zoom === 0} onClick={() => setZoom(0)}>
              <IconZoomReset size={16} />
            </ActionIcon>
            <ActionIcon
              variant="default"
              aria-label="Zoom in"
              disabled={zoom === zooms.length - 1}
              onClick={() => setZoom(zoom + 1)}
            >
              <IconZoomIn size={16} />
            </ActionIcon>
          </ActionIcon.Group>
        </Group>
      </Group>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <div className={classes.box} tabIndex={0} role="region" aria-label="Jobs over time">
        <div className={classes.wide} style={{ '--zoom': factor } as React.CSSProperties}>
          <div className={classes.axis} aria-hidden>
            <div className={classes.corner} />
            <div className={classes.marks}>
              {all.map((mark) => (
                <span key={mark} style={{ left: `${(mark / span) * 100}%` }}>
                  {tickText(mark)}
                </span>
              ))}
              {goesOn ? <i className={classes.now} style={{ left: `${((now - model.start) / span) * 100}%` }} /> : null}
            </div>
          </div>
          <ul className={classes.rows} aria-label="Jobs">
            {model.rows.map((row) => (
              <TimelineLine
                key={row.job.path}
                row={row}
                scale={scale}
                now={isOpen(row.job.status) ? now : 0}
                isOpen={toggled.has(row.job.path) !== (row.job.path === selected)}
                onToggle={toggle}
                onSelect={onSelect}
              />
            ))}
          </ul>
        </div>
      </div>
    </section>
  );
}

function Legend() {
  return (
    <p className={classes.legend} aria-hidden>
      <i data-kind="ran" data-critical /> critical path
      <i data-kind="ran" /> ran
      <i data-kind="waited" /> waited
    </p>
  );
}
