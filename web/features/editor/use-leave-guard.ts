'use client';
import { useRouter } from 'next/navigation';
import { useEffect, useEffectEvent, useState } from 'react';
import { guardGoing } from '../links/use-go.ts';

/** Asks before a page with unsaved changes is left, by a link, the search box, Back or Forward: `leave` goes on with it. */
export function useLeaveGuard(isDirty: boolean): { leave: (() => void) | null; stay: () => void } {
  const router = useRouter();
  const [leave, setLeave] = useState<(() => void) | null>(null);
  const push = useEffectEvent((href: string) => router.push(href));
  useEffect(() => {
    if (!isDirty) return;
    let isLeaving = false;
    const ask = (go: () => void) => {
      setLeave(() => () => {
        isLeaving = true;
        go();
      });
    };
    const unload = (event: BeforeUnloadEvent) => {
      if (!isLeaving) event.preventDefault();
    };
    const click = (event: MouseEvent) => {
      const link = (event.target as Element | null)?.closest?.('a[href]');
      if (isLeaving || !(link instanceof HTMLAnchorElement) || link.target === '_blank') return;
      // What is downloaded leaves the page where it is.
      if (link.hasAttribute('download')) return;
      if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      if (link.origin !== window.location.origin || isHere(link.href)) return;
      event.preventDefault();
      event.stopPropagation();
      const to = link.pathname + link.search;
      ask(() => push(to));
    };
    // Asked before anything has moved, so that there is nothing to put back, in the address or in Next's router. What is in
    // another document is `unload`'s; and who goes back twice without touching the page is let go by the browser.
    const traverse = (event: NavigateEvent) => {
      const { destination, navigationType, cancelable } = event;
      const from = window.navigation.currentEntry?.index;
      if (isLeaving || navigationType !== 'traverse' || !cancelable || from === undefined) return;
      if (!destination.sameDocument || isHere(destination.url)) return;
      event.preventDefault();
      ask(() => window.history.go(destination.index - from));
    };
    const { navigation } = window as { navigation?: Navigation };
    window.addEventListener('beforeunload', unload);
    document.addEventListener('click', click, true);
    navigation?.addEventListener('navigate', traverse);
    const unguard = guardGoing((href, go) => (isLeaving || isHere(href) ? go() : ask(go)));
    return () => {
      window.removeEventListener('beforeunload', unload);
      document.removeEventListener('click', click, true);
      navigation?.removeEventListener('navigate', traverse);
      unguard();
    };
  }, [isDirty]);
  return { leave, stay: () => setLeave(null) };
}

function isHere(href: string): boolean {
  return new URL(href, window.location.href).pathname === window.location.pathname;
}
