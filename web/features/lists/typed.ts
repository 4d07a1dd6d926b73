'use client';
import { useEffect, useRef, useState } from 'react';

/**
 * What is left of what one sent, once `value` arrives; undefined: it is not one's own. Values arrive in the order in which
 * they were sent, and those in between may be left out.
 */
export function leftOf(sent: readonly string[], value: string): string[] | undefined {
  const at = sent.indexOf(value);
  return at === -1 ? undefined : sent.slice(at + 1);
}

/**
 * The text of a field whose settled `value` is elsewhere, as in the address, where it arrives late. Back, forward and links
 * change what stands in the field; one's own value does not, as one may have typed on since.
 */
export function useTyped(value: string, set: (value: string) => void) {
  const [typed, setTyped] = useState(value);
  const latest = useRef(value);
  const sent = useRef<string[]>([]);
  function type(text: string) {
    latest.current = text;
    setTyped(text);
  }
  useEffect(() => {
    const left = leftOf(sent.current, value);
    sent.current = left ?? [];
    if (left !== undefined) return;
    latest.current = value;
    setTyped(value);
  }, [value]);
  return {
    typed,
    type,
    /** Sets what stands in the field by then. */
    send() {
      const next = latest.current.trim();
      if (next === (sent.current.at(-1) ?? value)) return;
      sent.current.push(next);
      set(next);
    },
  };
}
