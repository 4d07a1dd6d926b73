'use client';
import { type ComponentType, type ReactNode, useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { Failure } from '../lists/states.tsx';

/**
 * A part of a page whose scripts are read when it is first shown. Not by `lazy`: React holds back for 300 ms what comes after
 * another fallback was shown, and each page shows some.
 */
export function later<Props extends object>(
  read: () => Promise<ComponentType<Props>>,
  waiting: () => ReactNode = () => null,
): ComponentType<Props> {
  return part(read, waiting).Part;
}

const unread = new Error('The server cannot be reached, or has another version by now: load the page anew.');

/** The same for a part that the page always shows: its scripts are read beside the page's data, not after them. */
export function soon<Props extends object>(
  read: () => Promise<ComponentType<Props>>,
  waiting: () => ReactNode,
): ComponentType<Props> {
  const { Part, load } = part(read, waiting);
  // What fails here is tried again when it is shown, and told only then.
  if (typeof window !== 'undefined') load().catch(() => {});
  return Part;
}

function part<Props extends object>(read: () => Promise<ComponentType<Props>>, waiting: () => ReactNode) {
  let Loaded: ComponentType<Props> | undefined;
  let reading: Promise<void> | undefined;
  const listeners = new Set<() => void>();
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };

  async function load(): Promise<void> {
    reading ??= read().then((component) => {
      Loaded = component;
      for (const listener of listeners) listener();
    });
    try {
      await reading;
    } catch (error) {
      // The next to show it tries again.
      reading = undefined;
      throw error;
    }
  }

  function Part(props: Props) {
    const [failed, setFailed] = useState(false);
    const Shown = useSyncExternalStore(
      subscribe,
      () => Loaded,
      () => undefined,
    );
    const tryIt = useCallback(() => {
      setFailed(false);
      // Once more at once, as what is waited for may have begun long ago.
      load()
        .catch(load)
        .catch(() => setFailed(true));
    }, []);
    useEffect(tryIt, [tryIt]);
    if (failed) return <Failure error={unread} onRetry={tryIt} />;
    return Shown === undefined ? waiting() : <Shown {...props} />;
  }
  return { Part, load };
}
