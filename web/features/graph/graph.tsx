'use client';
import '@xyflow/react/dist/base.css';
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconMaximize, IconMinus, IconPlus } from '@tabler/icons-react';
import { Panel, ReactFlow, ReactFlowProvider, useReactFlow } from '@xyflow/react';
import { useMemo, useState } from 'react';
import type { JobState } from '../../../core/run-state.ts';
import { flowOf } from './flow.ts';
import classes from './graph.module.css';
import { GraphContext } from './graph-context.ts';
import { type GraphItem, layoutGraph } from './layout.ts';
import { BundleNode, GroupNode, JobNode } from './nodes.tsx';
import { largeGroups, shapeOf } from './run-items.ts';

const nodeTypes = { job: JobNode, group: GroupNode, bundle: BundleNode };

interface Props {
  items: readonly GraphItem[];
  /** States by path; absent for a Pipeline that is not running. */
  states?: ReadonlyMap<string, JobState>;
  selected?: string | null;
  onSelect?: (path: string) => void;
}

/** Jobs from left to right. Its places depend on the graph's shape alone, so nothing moves while a run goes on. */
export function Graph({ items, states, selected = null, onSelect }: Props) {
  const shape = shapeOf(items);
  const whole = useMemo(() => ({ items, large: largeGroups(items) }), [shape]);
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const collapsed = useMemo(() => symmetricDifference(whole.large, toggled), [whole, toggled]);
  const layout = useMemo(() => layoutGraph(whole.items, collapsed), [whole, collapsed]);
  const flow = useMemo(() => flowOf(layout, collapsed), [layout, collapsed]);
  const height = Math.min(340, Math.max(88, layout.height + 40));
  const toggle = (path: string) => setToggled((last) => symmetricDifference(last, new Set([path])));
  if (items.length === 0) return null;
  return (
    <GraphContext value={{ states, selected, onSelect, toggle }}>
      <div className={classes.graph} style={{ height }}>
        <ReactFlowProvider>
          <ReactFlow
            key={flow.key}
            nodes={flow.nodes}
            edges={flow.edges}
            nodeTypes={nodeTypes}
            fitView
            fitViewOptions={{ padding: '16px', maxZoom: 1 }}
            minZoom={0.1}
            maxZoom={1.5}
            nodesDraggable={false}
            nodesConnectable={false}
            nodesFocusable={false}
            edgesFocusable={false}
            elementsSelectable={false}
            zoomOnScroll={false}
            preventScrolling={false}
            zoomOnDoubleClick={false}
            onlyRenderVisibleElements={items.length > 300}
            proOptions={{ hideAttribution: true }}
            aria-label="Graph of Jobs"
          >
            <Panel position="bottom-right">
              <Zoom />
            </Panel>
          </ReactFlow>
        </ReactFlowProvider>
      </div>
    </GraphContext>
  );
}

function Zoom() {
  const flow = useReactFlow();
  const button = (label: string, icon: React.ReactNode, act: () => unknown) => (
    <Tooltip label={label}>
      <ActionIcon variant="default" size="sm" aria-label={label} onClick={() => void act()}>
        {icon}
      </ActionIcon>
    </Tooltip>
  );
  return (
    <ActionIcon.Group>
      {button('Zoom out', <IconMinus size={14} />, () => flow.zoomOut())}
      {button('Zoom in', <IconPlus size={14} />, () => flow.zoomIn())}
      {button('Show all', <IconMaximize size={14} />, () => flow.fitView({ padding: '16px', maxZoom: 1 }))}
    </ActionIcon.Group>
  );
}

function symmetricDifference(a: ReadonlySet<string>, b: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...[...a].filter((each) => !b.has(each)), ...[...b].filter((each) => !a.has(each))]);
}
