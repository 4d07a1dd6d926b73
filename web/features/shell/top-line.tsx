'use client';
import { Anchor, Kbd, UnstyledButton } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { usePathname } from 'next/navigation';
import { Link } from '../links/link.tsx';
import { crumbs } from './crumbs.ts';
import { Person } from './person.tsx';
import classes from './shell.module.css';

export function TopLine({ onSearch }: { onSearch: () => void }) {
  const path = crumbs(usePathname());
  return (
    <header className={classes.top}>
      <nav aria-label="Breadcrumb" className={classes.crumbs}>
        <ol>
          {path.length === 0 ? <li>Palvella</li> : null}
          {path.map((crumb, index) => (
            <li key={crumb.href}>
              {index === path.length - 1 ? (
                <span aria-current="page">{crumb.label}</span>
              ) : (
                <Anchor component={Link} href={crumb.href} inherit c="dimmed" underline="hover">
                  {crumb.label}
                </Anchor>
              )}
            </li>
          ))}
        </ol>
      </nav>
      <UnstyledButton className={classes.search} onClick={onSearch}>
        <IconSearch size={16} stroke={1.6} aria-hidden />
        <span className={classes.searchText}>Search</span>
        <Kbd size="xs" className={classes.searchKey}>
          Ctrl K
        </Kbd>
      </UnstyledButton>
      <Person />
    </header>
  );
}
