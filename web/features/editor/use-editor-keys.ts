'use client';
import { type HotkeyItem, useHotkeys } from '@mantine/hooks';

/** Save, undo and redo. A dialog that is open above the editor has the keys for itself, as its field's own undo. */
export function useEditorKeys(save: () => void, { undo, redo }: { undo: () => void; redo: () => void }): void {
  const key = (keys: string, act: () => void): HotkeyItem => {
    const press = (event: KeyboardEvent) => {
      if (document.querySelector('[aria-modal=true]') !== null) return;
      event.preventDefault();
      act();
    };
    // Nobody wants what the browser does on Ctrl-S, wherever it is pressed.
    return [keys, press, { preventDefault: act === save }];
  };
  useHotkeys([key('mod+S', save), key('mod+Z', undo), key('mod+shift+Z', redo), key('mod+Y', redo)], [], true);
}
