'use client';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useApprovals } from '../api/queries.ts';
import { Mark } from './mark.tsx';
import { isAt, places } from './places.ts';
import classes from './shell.module.css';

export function Rail() {
  const pathname = usePathname();
  const pending = useApprovals({ state: 'pending' }).data?.items.length ?? 0;
  return (
    <nav className={classes.rail} aria-label="Main">
      <Link href="/" className={classes.mark} aria-label="Palvella, home">
        <Mark />
      </Link>
      {places.map((place) => {
        const count = place.href === '/approvals' ? pending : 0;
        return (
          <Link
            key={place.href}
            href={place.href}
            className={classes.place}
            data-wide-only={place.wideOnly}
            aria-current={isAt(place, pathname) ? 'page' : undefined}
          >
            <place.icon size={20} stroke={1.6} aria-hidden />
            <span>{place.label}</span>
            {count === 0 ? null : (
              <span className={classes.count} aria-label={`${count} pending`}>
                {count}
              </span>
            )}
          </Link>
        );
      })}
    </nav>
  );
}
