'use client';
import { useMemo } from 'react';
import { Graph } from '../graph/graph.tsx';
import classes from './editor.module.css';
import { connect, disconnect, itemsOf } from './jobs.ts';
import { isSamePath, jobPlaceOf } from './problem-place.ts';
import { useEditor } from './use-editor.ts';

/** The Jobs as a graph. Drawn from one to another, the other requires the one. */
export function GraphPane() {
  const { json, jobs, selected, select, change, refuse, isReadOnly, isBroken } = useEditor();
  const items = useMemo(() => itemsOf(json, jobs), [json, jobs]);
  const current = jobs.find(({ path }) => isSamePath(path, jobPlaceOf(selected)));
  const editing = {
    connect(from: string, to: string) {
      const made = connect(jobs, from, to);
      if ('edit' in made) change(made.edit);
      else refuse(made.refusal);
    },
    disconnect(from: string, to: string) {
      const edit = disconnect(jobs, from, to);
      if (edit === undefined)
        refuse('They run in written order, as sequence is set. Take that away to change it here.');
      else change(edit);
    },
  };
  if (jobs.length === 0) return <p className={classes.nothing}>Jobs are drawn here as they are added.</p>;
  return (
    <div className={classes.graphPane} data-dimmed={isBroken || undefined} inert={isBroken}>
      <Graph
        items={items}
        selected={current?.id ?? null}
        onSelect={(id) => {
          const place = jobs.find((each) => each.id === id);
          if (place !== undefined) select(place.path, 'graph');
        }}
        {...(isReadOnly ? { editing: { connect: () => {}, disconnect: () => {} } } : { editing })}
      />
    </div>
  );
}
