'use client';
import { yaml } from '@codemirror/lang-yaml';
import { MergeView, unifiedMergeView } from '@codemirror/merge';
import { EditorState, type Extension } from '@codemirror/state';
import { EditorView, lineNumbers } from '@codemirror/view';
import { useMediaQuery } from '@mantine/hooks';
import { useEffect, useRef } from 'react';
import classes from './difference.module.css';

const collapseUnchanged = { margin: 3, minSize: 6 };

/** Two texts side by side, one below the other on a phone; what is alike in both is folded. */
export function Difference({ before, after }: { before: string; after: string }) {
  const isNarrow = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (place.current === null) return;
    const parent = place.current;
    const side = (doc: string, label: string, more: Extension = []) => ({
      doc,
      extensions: [
        lineNumbers(),
        yaml(),
        EditorState.readOnly.of(true),
        EditorView.editable.of(false),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
        more,
      ],
    });
    const unified = () => unifiedMergeView({ original: before, mergeControls: false, collapseUnchanged });
    const view = isNarrow
      ? new EditorView({ ...side(after, 'What changed', unified()), parent })
      : new MergeView({ a: side(before, 'Before'), b: side(after, 'After'), parent, collapseUnchanged });
    return () => view.destroy();
  }, [before, after, isNarrow]);
  return <div className={classes.difference} ref={place} />;
}
