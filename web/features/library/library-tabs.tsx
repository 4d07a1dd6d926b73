'use client';
import { usePathname } from 'next/navigation';
import { Link } from '../links/link.tsx';
import { libraryKinds } from './kinds.ts';
import classes from './library.module.css';

const lists = [{ path: '/pipelines', many: 'Pipelines' }, ...Object.values(libraryKinds)];

/** Lists of what is saved, by kind. */
export function LibraryTabs() {
  const pathname = usePathname();
  return (
    <nav className={classes.tabs} aria-label="Kinds">
      {lists.map(({ path, many }) => (
        <Link key={path} href={path} aria-current={pathname === path ? 'page' : undefined}>
          {many}
        </Link>
      ))}
    </nav>
  );
}
