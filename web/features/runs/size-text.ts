const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** `17 B`, `1.5 kB`, `340 MB`; a kB is 1,000 bytes. */
export function sizeText(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const text = unit === 0 || value >= 99.5 ? value.toFixed(0) : value.toFixed(1);
  return `${text} ${units[unit]}`;
}
