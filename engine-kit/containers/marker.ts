/** Looks for a text in bytes that come in pieces, and keeps back no more than could be its beginning. */
export interface MarkerScanner {
  /** What comes before the marker, now that this is certain. */
  push(bytes: Buffer): Buffer;
  /** What was kept back, where nothing more comes. */
  rest(): Buffer;
  /** The line after the marker, without its end; undefined while it is not whole. */
  readonly line: string | undefined;
}

export function createMarkerScanner(marker: string): MarkerScanner {
  const wanted = Buffer.from(marker);
  const none: Buffer = Buffer.alloc(0);
  let kept = none;
  let after: Buffer | undefined;
  let line: string | undefined;

  function addAfter(bytes: Buffer): void {
    after = after === undefined ? bytes : Buffer.concat([after, bytes]);
    const end = after.indexOf(10);
    if (end !== -1) line ??= after.subarray(0, end).toString();
  }

  return {
    push(bytes) {
      if (after !== undefined) {
        if (line === undefined) addAfter(bytes);
        return none;
      }
      const all = kept.length === 0 ? bytes : Buffer.concat([kept, bytes]);
      const at = all.indexOf(wanted);
      if (at !== -1) {
        kept = none;
        addAfter(all.subarray(at + wanted.length));
        return all.subarray(0, at);
      }
      const back = beginningAtEnd(all, wanted);
      kept = all.subarray(all.length - back);
      return all.subarray(0, all.length - back);
    },
    rest() {
      const rest = kept;
      kept = none;
      return rest;
    },
    get line() {
      return line;
    },
  };
}

/** How many of the last bytes of `all` are the first of `wanted`. */
function beginningAtEnd(all: Buffer, wanted: Buffer): number {
  const first = wanted[0] as number;
  const from = Math.max(0, all.length - wanted.length + 1);
  for (let at = all.indexOf(first, from); at !== -1; at = all.indexOf(first, at + 1)) {
    if (all.subarray(at).equals(wanted.subarray(0, all.length - at))) return all.length - at;
  }
  return 0;
}
