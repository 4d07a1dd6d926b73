'use client';
import { Title } from '@mantine/core';
import { Link } from '../links/link.tsx';
import lists from '../lists/lists.module.css';
import { More } from '../lists/more.tsx';
import page from '../lists/page.module.css';
import { Empty, ListStates } from '../lists/states.tsx';
import { definitionHref } from '../runs/hrefs.ts';
import classes from './library.module.css';
import { useUsers } from './queries.ts';

/** What names it directly; left out where nothing does and `unlessNothing`. */
export function UsedBy({ kind, name, unlessNothing = false }: { kind: string; name: string; unlessNothing?: boolean }) {
  const read = useUsers(kind, name);
  const users = read.data?.pages.flatMap((page) => page.items);
  if (unlessNothing && (users === undefined ? read.error === null : users.length === 0)) return null;
  return (
    <section className={page.section}>
      <Title order={2} size="h5">
        Used by
      </Title>
      <ListStates read={read} count={users?.length} rows={2} empty={<Empty title="Nothing uses it" />}>
        <ul className={lists.list} aria-label="Used by">
          {users?.map((user) => (
            <li key={`${user.kind}/${user.name}`} className={`${lists.row} ${classes.user}`}>
              <span className={lists.quiet}>{user.kind}</span>
              <User {...user} />
            </li>
          ))}
        </ul>
        <More pages={read} />
      </ListStates>
    </section>
  );
}

function User({ kind, name }: { kind: string; name: string }) {
  const href = definitionHref(kind, name);
  if (href === null) return <strong className={lists.name}>{name}</strong>;
  return (
    <Link href={href} className={lists.open} data-row>
      {name}
    </Link>
  );
}
