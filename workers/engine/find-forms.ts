export interface Interval {
  from: number;
  to: number;
  /** Its beginning is in an earlier frame, where the mask stands. */
  continued?: boolean;
}

/** Where any of these forms is in the text; they may overlap. */
export function findForms(text: Buffer, forms: readonly Buffer[]): Interval[] {
  const found: Interval[] = [];
  for (const form of forms) {
    for (let at = text.indexOf(form); at !== -1; at = text.indexOf(form, at + 1)) {
      found.push({ from: at, to: at + form.length });
    }
  }
  return found;
}

/** Length of the longest end of the text with which one of the forms begins; 0 where there is none. */
export function openSuffix(text: Buffer, forms: readonly Buffer[]): number {
  const lineStart = text.lastIndexOf(10) + 1;
  let longest = 0;
  for (const form of forms) {
    const most = Math.min(form.length - 1, text.length - lineStart);
    for (let length = most; length > longest; length -= 1) {
      if (text.compare(form, 0, length, text.length - length) === 0) longest = length;
    }
  }
  return longest;
}
