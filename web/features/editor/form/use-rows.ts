'use client';
import { useCallback, useMemo, useRef } from 'react';
import { isWithin, stepsOf } from '../problem-place.ts';
import type { Path } from '../text/edit.ts';
import { useEditor } from '../use-editor.ts';
import type { RowAct } from './row.tsx';

/** What rows are given that stays the same from one drawing to the next, whatever it does then. */
export function useRows(isOpen: (path: Path) => boolean, actsOf: (path: Path) => readonly RowAct[]) {
  const { select, problems } = useEditor();
  const latest = useRef({ isOpen, actsOf });
  latest.current = { isOpen, actsOf };
  const places = useMemo(() => problems.found.map(({ path }) => stepsOf(path)), [problems]);
  return {
    problemsIn: (path: Path) => places.filter((place) => isWithin(place, path)).length,
    onToggle: useCallback(
      (mark: string) => {
        const path = JSON.parse(mark) as Path;
        select(latest.current.isOpen(path) ? path.slice(0, -2) : path, 'form');
      },
      [select],
    ),
    actsOf: useCallback((mark: string) => latest.current.actsOf(JSON.parse(mark) as Path), []),
  };
}
