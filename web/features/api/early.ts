import { preload } from 'react-dom';

/** Has the browser read this while the page's scripts are still on their way. In the page as the server draws it alone. */
export function readEarly(path: string): void {
  if (typeof window === 'undefined') preload(path, { as: 'fetch', crossOrigin: 'anonymous' });
}
