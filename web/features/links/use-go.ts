'use client';
import { useRouter } from 'next/navigation';

type Guard = (href: string, go: () => void) => void;

let guard: Guard | null = null;

/** From now on `ask` decides whether the page is left by the app's own steps; what is returned ends that. */
export function guardGoing(ask: Guard): () => void {
  guard = ask;
  return () => {
    if (guard === ask) guard = null;
  };
}

/** Goes to a page that no link leads to, unless the one that is shown has something to ask first. */
export function useGo(): (href: string) => void {
  const router = useRouter();
  return (href) => {
    const go = () => router.push(href);
    if (guard === null) go();
    else guard(href, go);
  };
}
