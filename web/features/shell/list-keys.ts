'use client';
import { useEffect } from 'react';

/** A list's rows carry `data-row` on the link or button that opens them. */
const rowSelector = '[data-row]';

/** j and k, and the arrows within a list, go from row to row; Enter is the link's own. */
export function useListKeys(): void {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      const step = stepOf(event);
      if (step === 0 || isTyping(event.target)) return;
      const rows = [...document.querySelectorAll<HTMLElement>(rowSelector)].filter((row) => row.checkVisibility());
      const at = rows.indexOf(document.activeElement as HTMLElement);
      if (at === -1 && event.key.startsWith('Arrow')) return;
      const next = at === -1 ? rows[0] : rows[Math.min(rows.length - 1, Math.max(0, at + step))];
      if (next === undefined) return;
      event.preventDefault();
      next.focus();
      next.scrollIntoView({ block: 'nearest' });
    }
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}

function stepOf(event: KeyboardEvent): number {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return 0;
  if (event.key === 'j' || event.key === 'ArrowDown') return 1;
  return event.key === 'k' || event.key === 'ArrowUp' ? -1 : 0;
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest(
      'input, textarea, select, [contenteditable], [role=menu], [role=listbox], [role=tablist], .react-flow',
    ) !== null
  );
}
