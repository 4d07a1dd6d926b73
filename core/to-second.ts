/** A time in ISO 8601 and UTC, to the second: more is of no use to who reads it. */
export function toSecond(iso: string): string {
  return iso.replace(/\.\d+Z$/, 'Z');
}
