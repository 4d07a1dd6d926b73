/** What becomes of a start while runs of an earlier one go on; the words of the language. */
export const overlaps = [
  { value: 'skip', label: 'Leave the new start out' },
  { value: 'buffer', label: 'Keep one start waiting' },
  { value: 'buffer_all', label: 'Keep all starts waiting, one after another' },
  { value: 'cancel', label: 'Stop the earlier runs, then start' },
  { value: 'allow', label: 'Start beside it' },
] as const;

export function overlapText(overlap: string): string {
  return overlaps.find(({ value }) => value === overlap)?.label ?? overlap;
}
