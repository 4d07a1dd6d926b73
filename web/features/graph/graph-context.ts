'use client';
import { createContext, useContext } from 'react';
import type { JobState } from '../../../core/run-state.ts';

/** What nodes read besides their place, so that a change of status redraws no layout. */
export interface GraphView {
  states: ReadonlyMap<string, JobState> | undefined;
  selected: string | null;
  onSelect: ((path: string) => void) | undefined;
  toggle: (path: string) => void;
  isEditable: boolean;
}

export const GraphContext = createContext<GraphView>({
  states: undefined,
  selected: null,
  onSelect: undefined,
  toggle: () => {},
  isEditable: false,
});

export function useGraphView(): GraphView {
  return useContext(GraphContext);
}
