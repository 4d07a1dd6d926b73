'use client';
import { type ComponentType, type ReactNode, useEffect, useState, useSyncExternalStore } from 'react';

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

/** The same for a part that the page always shows: its scripts are read beside the page's data, not after them. */
export function soon<Props extends object>(
  read: () => Promise<ComponentType<Props>>,
  waiting: () => ReactNode,
): ComponentType<Props> {
  const { Part, load } = part(read, waiting);
  // What fails here is tried again, and told, when it is shown.
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
    const [failure, setFailure] = useState<unknown>(null);
    const Shown = useSyncExternalStore(
      subscribe,
      () => Loaded,
      () => undefined,
    );
    useEffect(() => {
      load().catch(setFailure);
    }, []);
    if (failure !== null) throw failure;
    return Shown === undefined ? waiting() : <Shown {...props} />;
  }
  return { Part, load };
}
