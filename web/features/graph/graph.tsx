'use client';
import '@xyflow/react/dist/base.css';
import { ReactFlow, ReactFlowProvider } from '@xyflow/react';
import { useMemo, useRef, useState } from 'react';
import type { JobState } from '../../../core/run-state.ts';
import { type GraphEditing, useEdgeEditing } from './edge-editing.ts';
import { flowOf } from './flow.ts';
import classes from './graph.module.css';
import { GraphContext } from './graph-context.ts';
import { type GraphItem, layoutGraph } from './layout.ts';
import { BundleNode, GroupNode, JobNode } from './nodes.tsx';
import { largeGroups } from './run-items.ts';
import { firstViewport, paneHeight } from './viewport.ts';
import { Zoom } from './zoom.tsx';

const nodeTypes = { job: JobNode, jobs: GroupNode, bundle: BundleNode };
const none: ReadonlySet<string> = new Set();

interface Props {
  items: readonly GraphItem[];
  /** States by path; absent for a Pipeline that is not running. */
  states?: ReadonlyMap<string, JobState>;
  selected?: string | null;
  onSelect?: (path: string) => void;
  /** What is done where edges can be drawn and removed; the graph then fills what is around it. */
  editing?: GraphEditing;
}

/** Jobs from left to right. Its places depend on the graph's shape alone, so nothing moves while a run goes on. */
export function Graph({ items, states, selected = null, onSelect, editing }: Props) {
  const shape = JSON.stringify(items);
  const whole = useMemo(() => {
    // Read back from the shape, as the items are new with each change of a status.
    const lasting = JSON.parse(shape) as GraphItem[];
    return { items: lasting, large: largeGroups(lasting) };
  }, [shape]);
  const [toggled, setToggled] = useState(none);
  const collapsed = useMemo(() => symmetricDifference(whole.large, toggled), [whole, toggled]);
  const packs = editing === undefined;
  const layout = useMemo(() => layoutGraph(whole.items, collapsed, packs), [whole, collapsed, packs]);
  const flow = useMemo(() => flowOf(layout, collapsed), [layout, collapsed]);
  const edges = useEdgeEditing(flow.edges, editing);
  const pane = useRef<HTMLDivElement>(null);
  const toggle = (path: string) => setToggled((last) => symmetricDifference(last, new Set([path])));
  if (items.length === 0) return null;
  return (
    <GraphContext value={{ states, selected, onSelect, toggle, isEditable: editing !== undefined }}>
      <ReactFlowProvider>
        <div className={classes.frame} data-fills={editing !== undefined || undefined}>
          <div
            className={classes.graph}
            style={{ height: editing === undefined ? paneHeight(layout) : '100%' }}
            ref={pane}
          >
            <ReactFlow
              key={editing === undefined ? flow.key : shape}
              nodes={flow.nodes}
              {...edges}
              nodeTypes={nodeTypes}
              onInit={(instance) => {
                const size = pane.current?.getBoundingClientRect();
                const focus = layout.boxes.find((box) => box.path === selected);
                if (size !== undefined) void instance.setViewport(firstViewport(layout, size, focus));
              }}
              minZoom={0.1}
              maxZoom={1.5}
              nodesDraggable={false}
              nodesConnectable={editing !== undefined}
              nodesFocusable={false}
              edgesFocusable={editing !== undefined}
              elementsSelectable={false}
              zoomOnScroll={false}
              preventScrolling={false}
              zoomOnDoubleClick={false}
              onlyRenderVisibleElements={items.length > 300}
              proOptions={{ hideAttribution: true }}
              aria-label="Graph of Jobs"
            />
          </div>
          <Zoom />
        </div>
      </ReactFlowProvider>
    </GraphContext>
  );
}

function symmetricDifference(a: ReadonlySet<string>, b: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...[...a].filter((each) => !b.has(each)), ...[...b].filter((each) => !a.has(each))]);
}
