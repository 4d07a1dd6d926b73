/**
 * Where a scrolled log is. Browsers cannot scroll further than some 17 million pixels, so a very long log is scrolled
 * by less than its own height. `top` is the line (from 0, with a fraction) at the upper edge of the view, as if each
 * line were one row; all else follows from it.
 */
export const rowHeight = 20;
const maxHeight = 15_000_000;

export interface View {
  /** Lines there are. */
  total: number;
  /** Height of what is seen, in pixels. */
  height: number;
}

/** Height of what is scrolled. */
export function scrollHeight({ total, height }: View): number {
  return Math.max(height, Math.min(maxHeight, total * rowHeight));
}

export function maxTop({ total, height }: View): number {
  return Math.max(0, total - height / rowHeight);
}

export function clampTop(top: number, view: View): number {
  return Math.min(maxTop(view), Math.max(0, top));
}

function fraction(top: number, view: View): number {
  const max = maxTop(view);
  return max === 0 ? 0 : clampTop(top, view) / max;
}

export function scrollTopOf(top: number, view: View): number {
  return fraction(top, view) * (scrollHeight(view) - view.height);
}

export function topOf(scrollTop: number, view: View): number {
  const scrollable = scrollHeight(view) - view.height;
  return scrollable <= 0 ? 0 : Math.min(1, Math.max(0, scrollTop / scrollable)) * maxTop(view);
}

/** True where pixels scrolled are not pixels moved. */
export function isScaled({ total }: View): boolean {
  return total * rowHeight > maxHeight;
}

/**
 * The line to draw from, downward and upward, and where: the point `inLine` (0 to 1) of line `index` (from 0) lies `y`
 * pixels below the view's edge. It goes from the edge at the start to the lower edge at the end, so both ends are
 * reached exactly, whatever the height of wrapped lines.
 */
export function pivotOf(top: number, view: View): { index: number; inLine: number; y: number } {
  const at = fraction(top, view);
  const line = at * view.total;
  const index = Math.max(0, Math.min(view.total - 1, Math.floor(line)));
  return { index, inLine: line - index, y: at * view.height };
}

/** The top that surely shows the whole of line `n` (from 1), near the middle where there is enough around it. */
export function topToShow(n: number, view: View): number {
  return view.total < 2 ? 0 : clampTop(((n - 1) / (view.total - 1)) * maxTop(view), view);
}
