'use client';
import { Code } from '@mantine/core';
import type { LibraryItem } from '../../../core/api/library.ts';
import { Link } from '../links/link.tsx';
import { useAddressParam } from '../lists/address.ts';
import lists from '../lists/lists.module.css';
import { More } from '../lists/more.tsx';
import { PageHead } from '../lists/page-head.tsx';
import { SearchField } from '../lists/search-field.tsx';
import { Empty, ListStates } from '../lists/states.tsx';
import { definitionHref } from '../runs/hrefs.ts';
import { Time } from '../time/time.tsx';
import { type LibraryKind, libraryKinds } from './kinds.ts';
import classes from './library.module.css';
import { LibraryTabs } from './library-tabs.tsx';
import { useLibraryItems } from './queries.ts';

/** Jobs, Actions or Engines to pick from. */
export function LibraryPage({ kind }: { kind: LibraryKind }) {
  const { many, about, example } = libraryKinds[kind];
  const [q, setQ] = useAddressParam('q');
  const read = useLibraryItems(kind, q);
  const items = read.data?.pages.flatMap((page) => page.items);
  return (
    <>
      <LibraryTabs />
      <PageHead title={many}>
        <SearchField label={`Search ${many}`} q={q} onSearch={setQ} />
      </PageHead>
      <ListStates
        read={read}
        count={items?.length}
        rows={6}
        empty={
          q === '' ? (
            <Empty title={`No ${many} yet`}>
              <p>{about} palvella apply:</p>
              <Code block>{example}</Code>
            </Empty>
          ) : (
            <Empty title={`No ${kind} is called like “${q}”`} />
          )
        }
      >
        <ul className={lists.list} aria-label={many}>
          {items?.map((item) => (
            <ItemRow key={item.name} item={item} />
          ))}
        </ul>
        <More pages={read} />
      </ListStates>
    </>
  );
}

function ItemRow({ item: { kind, name, description, type, parameters, users, updatedAt } }: { item: LibraryItem }) {
  const takes = parameters.map((parameter) => parameter.name).join(', ');
  return (
    <li className={`${lists.row} ${classes.row}`}>
      <span className={lists.name}>
        <Link href={definitionHref(kind, name) ?? ''} className={lists.open} data-row>
          {name}
        </Link>
        {description === null ? null : <span className={lists.quiet}>{description}</span>}
      </span>
      <span className={`${lists.quiet} ${lists.clip}`} title={takes}>
        {type ?? (takes === '' ? 'Takes nothing' : `Takes ${takes}`)}
      </span>
      <span className={`${lists.quiet} ${lists.number}`}>{usersText(users)}</span>
      <span className={`${lists.quiet} ${lists.number}`}>
        <Time at={updatedAt} />
      </span>
    </li>
  );
}

function usersText(users: number): string {
  return users === 0 ? 'Not used' : `Used by ${users}`;
}
