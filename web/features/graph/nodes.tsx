'use client';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { Handle, type NodeProps, Position } from '@xyflow/react';
import type { JobState } from '../../../core/run-state.ts';
import { StatusShape } from '../status/shape.tsx';
import { isBad, isOpen, statusWords } from '../status/words.ts';
import { Duration } from '../time/time.tsx';
import type { GraphNode } from './flow.ts';
import classes from './graph.module.css';
import { useGraphView } from './graph-context.ts';
import { NodeName } from './node-name.tsx';

function Handles() {
  const { isEditable } = useGraphView();
  const shared = { className: isEditable ? classes.socket : classes.handle, isConnectable: isEditable };
  return (
    <>
      <Handle type="target" position={Position.Left} {...shared} />
      <Handle type="source" position={Position.Right} {...shared} />
    </>
  );
}

/** A Job: its shape, name and how long it took or takes. */
export function JobNode({ data }: NodeProps<GraphNode>) {
  return (
    <>
      <NodeButton path={data.path} className={classes.job} />
      <Handles />
    </>
  );
}

/** A group, a called Pipeline or a `for_each`, around its Jobs; or closed, standing for them. */
export function GroupNode({ data }: NodeProps<GraphNode>) {
  const { toggle, states } = useGraphView();
  const Chevron = data.collapsed ? IconChevronRight : IconChevronDown;
  return (
    <div className={classes.group} data-collapsed={data.collapsed || undefined}>
      <div className={classes.groupHead}>
        <button
          type="button"
          className={`${classes.toggle} nopan`}
          aria-expanded={!data.collapsed}
          aria-label={`${data.collapsed ? 'Open' : 'Close'} ${data.path}`}
          onClick={() => toggle(data.path)}
        >
          <Chevron size={14} aria-hidden />
        </button>
        <NodeButton path={data.path} className={classes.groupName} isClosed={data.collapsed} />
        {data.collapsed && states !== undefined ? (
          <span className={classes.inside}>{insideText(data.path, states)}</span>
        ) : null}
      </div>
      <Handles />
    </div>
  );
}

export function BundleNode() {
  return (
    <div className={classes.bundle}>
      <Handles />
    </div>
  );
}

function NodeButton({
  path,
  className,
  isClosed = false,
}: {
  path: string;
  className: string | undefined;
  isClosed?: boolean;
}) {
  const { states, selected, onSelect } = useGraphView();
  const state = states?.get(path);
  const status = state?.status ?? 'queued';
  const name = path.slice(path.lastIndexOf('/') + 1);
  const content = (
    <>
      {states === undefined ? null : <StatusShape status={status} label={statusWords[status]} />}
      <NodeName name={name} />
      {state === undefined || isClosed ? null : <Took state={state} />}
    </>
  );
  const classNames = `${className} nopan`;
  if (onSelect === undefined) {
    return (
      <div className={classNames} title={path}>
        {content}
      </div>
    );
  }
  return (
    <button
      type="button"
      className={classNames}
      title={title(path, state)}
      aria-pressed={selected === path}
      onClick={() => onSelect(path)}
    >
      {content}
    </button>
  );
}

/** How many of a closed group's Jobs broke, else how many have ended. */
function insideText(path: string, states: ReadonlyMap<string, JobState>): string {
  const inside = [...states.values()].filter((state) => state.parent === path);
  const ended = inside.filter((state) => !isOpen(state.status)).length;
  const broken = inside.filter((state) => isBad(state.status)).length;
  return broken === 0 ? `${ended} of ${inside.length}` : `${broken} of ${inside.length} broke`;
}

function Took({ state }: { state: JobState }) {
  const ticks = state.status === 'running' || state.endedAt !== null;
  return ticks ? (
    <span className={classes.took}>
      <Duration from={state.startedAt} to={state.endedAt} />
    </span>
  ) : null;
}

function title(path: string, state: JobState | undefined): string {
  return state?.reason ? `${path}: ${state.reason}` : path;
}
