'use client';
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { clampTop, isScaled, maxTop, rowHeight, scrollTopOf, topOf, topToShow, type View } from './scroll-model.ts';

export interface LogScroll {
  view: View;
  top: number;
  /** Stays at the end while lines come. */
  sticks: boolean;
  show(n: number): void;
  toEnd(): void;
}

/** Keeps the place in a log: by wheel, keys, bar, a wanted line, or at the end while it grows. */
export function useLogScroll(
  element: RefObject<HTMLDivElement | null>,
  total: number,
  startAtEnd: boolean,
  onMove: () => void,
): LogScroll {
  const [height, setHeight] = useState(400);
  const [top, setTop] = useState(0);
  const [sticks, setSticks] = useState(startAtEnd);
  const view: View = { total, height };
  const latest = useRef({ view, top, onMove });
  latest.current = { view, top: sticks ? maxTop(view) : clampTop(top, view), onMove };

  const move = useCallback((next: number) => {
    const { view } = latest.current;
    const clamped = clampTop(next, view);
    setTop(clamped);
    setSticks(clamped >= maxTop(view) - 0.5);
    latest.current.onMove();
  }, []);

  useLayoutEffect(() => {
    const scroller = element.current;
    if (scroller === null) return;
    const observer = new ResizeObserver(() => setHeight(scroller.clientHeight));
    observer.observe(scroller);
    setHeight(scroller.clientHeight);
    return () => observer.disconnect();
  }, [element]);

  // The bar follows the place; a scroll event that only echoes this moves nothing.
  useLayoutEffect(() => {
    const scroller = element.current;
    const { view, top } = latest.current;
    const wanted = scrollTopOf(top, view);
    if (scroller !== null && Math.abs(scroller.scrollTop - wanted) > 1)
      scroller.scrollTo({ top: wanted, behavior: 'instant' });
  });

  useEffect(() => {
    const scroller = element.current;
    if (scroller === null) return;
    function onScroll() {
      const { view, top } = latest.current;
      const at = (scroller as HTMLDivElement).scrollTop;
      if (Math.abs(at - scrollTopOf(top, view)) > 1) move(topOf(at, view));
    }
    function onWheel(event: WheelEvent) {
      const { view, top } = latest.current;
      if (!isScaled(view) || event.ctrlKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) return;
      event.preventDefault();
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 1 : 1 / rowHeight;
      move(top + event.deltaY * unit);
    }
    function onKeyDown(event: KeyboardEvent) {
      const { view, top } = latest.current;
      const next = keyTarget(event, top, view);
      if (next === undefined) return;
      event.preventDefault();
      move(next);
    }
    scroller.addEventListener('scroll', onScroll, { passive: true });
    scroller.addEventListener('wheel', onWheel, { passive: false });
    scroller.addEventListener('keydown', onKeyDown);
    return () => {
      scroller.removeEventListener('scroll', onScroll);
      scroller.removeEventListener('wheel', onWheel);
      scroller.removeEventListener('keydown', onKeyDown);
    };
  }, [element, move]);

  const show = useCallback((n: number) => {
    setSticks(false);
    setTop(topToShow(n, latest.current.view));
  }, []);
  const toEnd = useCallback(() => setSticks(true), []);
  return { view, top: latest.current.top, sticks, show, toEnd };
}

function keyTarget(event: KeyboardEvent, top: number, view: View): number | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
  const pageful = view.height / rowHeight - 2;
  switch (event.key) {
    case 'ArrowDown':
      return top + 1;
    case 'ArrowUp':
      return top - 1;
    case 'PageDown':
    case ' ':
      return top + (event.shiftKey ? -pageful : pageful);
    case 'PageUp':
      return top - pageful;
    case 'Home':
      return 0;
    case 'End':
      return maxTop(view);
    default:
      return undefined;
  }
}
