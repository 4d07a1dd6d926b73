'use client';
import { useHotkeys } from '@mantine/hooks';
import { usePathname } from 'next/navigation';
import { type ReactNode, useState } from 'react';
import { apiPath } from '../api/client.ts';
import { readEarly } from '../api/early.ts';
import { ApiError } from '../api/error.ts';
import { LiveProvider } from '../api/live.tsx';
import { useApprovalNews, useSession } from '../api/queries.ts';
import { later } from '../later/later.tsx';
import { PauseBanner } from '../pause/pause-banner.tsx';
import { SignInNeeded } from '../session/sign-in-needed.tsx';
import { Connection } from './connection.tsx';
import { useListKeys } from './list-keys.ts';
import { Rail } from './rail.tsx';
import classes from './shell.module.css';
import { TopLine } from './top-line.tsx';

const SearchBox = later(() => import('./search-box.tsx').then((room) => room.SearchBox));
const Help = later(() => import('./help.tsx').then((room) => room.Help));

function focusListSearch() {
  document.querySelector<HTMLInputElement>('[data-list-search]')?.focus();
}

/** Rail, top line and the page; without a session, the way to one. */
export function Shell({ children }: { children: ReactNode }) {
  for (const path of ['session', 'pause']) readEarly(apiPath([path]));
  const session = useSession();
  const signedOut = session.error instanceof ApiError && session.error.status === 401;
  return signedOut ? (
    <SignInNeeded />
  ) : (
    <LiveProvider>
      <Frame>{children}</Frame>
    </LiveProvider>
  );
}

/** Another one each time that it is asked for. */
interface Opened {
  what: 'search' | 'help';
}

function Frame({ children }: { children: ReactNode }) {
  const [open, setOpen] = useState<Opened | null>(null);
  const show = (what: Opened['what']) => setOpen({ what });
  const wide = /^\/(runs\/.+|edit\/.+|pipelines\/new|pipelines\/.+\/edit)$/.test(usePathname());
  // Also while one types, as it writes nothing.
  useHotkeys([['mod+K', () => show('search')]], [], true);
  useHotkeys([
    // Where these keys are depends on the keyboard, and so does whether Shift is held.
    ['?', () => show('help')],
    ['shift+?', () => show('help')],
    ['/', focusListSearch],
    ['shift+/', focusListSearch],
  ]);
  useListKeys();
  useApprovalNews();
  /** Spotlight closes after a command was done, which may have opened something else. */
  const closeSearch = () => setOpen((now) => (now?.what === 'search' ? null : now));
  return (
    <div className={classes.frame}>
      <a href="#content" className={classes.skip}>
        Skip to the content
      </a>
      <Rail />
      <div className={classes.main}>
        <TopLine onSearch={() => show('search')} />
        <Connection />
        <PauseBanner />
        {open?.what === 'search' ? (
          <SearchBox opening={open} onClose={closeSearch} onHelp={() => show('help')} />
        ) : null}
        {open?.what === 'help' ? <Help opened onClose={() => setOpen(null)} /> : null}
        <main id="content" tabIndex={-1} className={classes.content} data-wide={wide || undefined}>
          {children}
        </main>
      </div>
    </div>
  );
}
