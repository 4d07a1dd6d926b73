import { globSync } from 'node:fs';
import { join } from 'node:path';

const app = join(import.meta.dirname, '../../web/app');

/** Addresses of all pages as the folder of the app has them, as `/runs/[pipeline]/[number]`. */
export function appPages(): string[] {
  return globSync('**/page.tsx', { cwd: app })
    .map((file) =>
      file
        .split('/')
        .slice(0, -1)
        .filter((part) => !part.startsWith('('))
        .join('/'),
    )
    .map((path) => `/${path}`)
    .sort();
}

/** The same, those with a blank at an address that is given for them. A page for which none is given is an error. */
export function placedPages(given: Readonly<Record<string, string>>): string[] {
  return appPages().map((page) => {
    if (!page.includes('[')) return page;
    const path = given[page];
    if (path === undefined) throw new Error(`Say at which address ${page} is to be looked at.`);
    return path;
  });
}
