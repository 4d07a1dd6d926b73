'use client';
import { useMemo, useRef } from 'react';
import type { GraphEditing } from '../graph/edge-editing.ts';
import { Graph } from '../graph/graph.tsx';
import type { GraphItem } from '../graph/layout.ts';
import classes from './editor.module.css';
import { connect, disconnect, itemsOf } from './jobs.ts';
import { isSamePath, jobPlaceOf } from './problem-place.ts';
import { type Editor, useEditor } from './use-editor.ts';

/** The Jobs as a graph. Drawn from one to another, the other requires the one. */
export function GraphPane() {
  const editor = useEditor();
  const { json, jobs, selected, isReadOnly, isBroken } = editor;
  const latest = useRef(editor);
  latest.current = editor;
  const shape = useMemo(() => JSON.stringify(itemsOf(json, jobs)), [json, jobs]);
  const current = jobs.find(({ path }) => isSamePath(path, jobPlaceOf(selected)))?.id ?? null;
  // Drawn anew only where the graph is another one, not with each key that is typed.
  const graph = useMemo(
    () => (
      <Graph
        items={JSON.parse(shape) as GraphItem[]}
        selected={current}
        onSelect={(id) => selectJob(latest.current, id)}
        editing={isReadOnly ? none : editingOf(() => latest.current)}
      />
    ),
    [shape, current, isReadOnly],
  );
  if (jobs.length === 0) return <p className={classes.nothing}>Jobs are drawn here as they are added.</p>;
  return (
    <div className={classes.graphPane} data-dimmed={isBroken || undefined} inert={isBroken}>
      {graph}
    </div>
  );
}

const none: GraphEditing = { connect: () => {}, disconnect: () => {} };

function selectJob({ jobs, select }: Editor, id: string): void {
  const place = jobs.find((each) => each.id === id);
  if (place !== undefined) select(place.path, 'graph');
}

function editingOf(editor: () => Editor): GraphEditing {
  return {
    connect(from, to) {
      const { jobs, change, refuse } = editor();
      const made = connect(jobs, from, to);
      if ('edit' in made) change(made.edit);
      else refuse(made.refusal);
    },
    disconnect(from, to) {
      const { jobs, change, refuse } = editor();
      const edit = disconnect(jobs, from, to);
      if (edit === undefined)
        refuse('They run in written order, as sequence is set. Take that away to change it here.');
      else change(edit);
    },
  };
}
