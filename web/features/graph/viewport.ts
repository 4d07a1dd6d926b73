import type { Box, Layout } from './layout.ts';

export interface Viewport {
  x: number;
  y: number;
  zoom: number;
}

const margin = 16;
/** Below this nothing can be read, so a part is shown instead of the whole. */
const readable = 0.6;
const partZoom = 0.75;

/** Height of the pane for this graph; what is larger is zoomed or moved. */
export function paneHeight(layout: Pick<Layout, 'height'>): number {
  return Math.min(340, Math.max(80, layout.height + 2 * margin + 8));
}

/** The whole graph in the middle where it can be read so; else the part around `focus`, or its start. */
export function firstViewport(
  layout: Pick<Layout, 'width' | 'height'>,
  pane: { width: number; height: number },
  focus: Pick<Box, 'x' | 'y' | 'width' | 'height'> | undefined,
): Viewport {
  const fitting = Math.min((pane.width - 2 * margin) / layout.width, (pane.height - 2 * margin) / layout.height, 1);
  const zoom = fitting >= readable ? fitting : partZoom;
  const center = focus === undefined ? { x: 0, y: 0 } : { x: focus.x + focus.width / 2, y: focus.y + focus.height / 2 };
  return {
    zoom,
    x: along(layout.width * zoom, pane.width, center.x * zoom),
    y: along(layout.height * zoom, pane.height, center.y * zoom),
  };
}

function along(length: number, pane: number, center: number): number {
  if (length + 2 * margin <= pane + 1) return (pane - length) / 2;
  return Math.min(margin, Math.max(pane - margin - length, pane / 2 - center));
}
