'use client';
import type { Connection, Edge } from '@xyflow/react';
import { type KeyboardEvent, type MouseEvent, useState } from 'react';

export interface GraphEditing {
  connect(from: string, to: string): void;
  disconnect(from: string, to: string): void;
}

/** What the graph's library is given where edges can be drawn, chosen, and removed with Delete. */
export function useEdgeEditing(edges: Edge[], editing: GraphEditing | undefined) {
  const [chosen, setChosen] = useState<string | null>(null);
  if (editing === undefined) return { edges };
  return {
    edges: edges.map((edge) => ({
      ...edge,
      selected: edge.id === chosen,
      interactionWidth: 24,
      ariaLabel: `${edge.target} requires ${edge.source}. Delete removes this.`,
    })),
    onConnect: ({ source, target }: Connection) => editing.connect(source, target),
    onEdgeClick: (_: MouseEvent, edge: Edge) => setChosen(edge.id),
    onPaneClick: () => setChosen(null),
    // Ours, as the library's own key handler would remove it from a list that it does not keep.
    deleteKeyCode: null,
    onKeyDown: (event: KeyboardEvent<HTMLDivElement>) => {
      if (event.key !== 'Delete' && event.key !== 'Backspace') return;
      const focused = (event.target as Element).closest('.react-flow__edge')?.getAttribute('data-id');
      const edge = edges.find(({ id }) => id === (focused ?? chosen));
      if (edge === undefined) return;
      event.preventDefault();
      setChosen(null);
      editing.disconnect(edge.source, edge.target);
    },
  };
}
