'use client';
import { IconDots } from '@tabler/icons-react';
import { usePathname } from 'next/navigation';
import { useApprovalsForMe } from '../approvals/queries.ts';
import { Link } from '../links/link.tsx';
import { Mark } from './mark.tsx';
import { isAt, type Place, places } from './places.ts';
import classes from './shell.module.css';

export function Rail() {
  const pathname = usePathname();
  const forMe = useApprovalsForMe();
  return (
    <nav className={classes.rail} aria-label="Main">
      <Link href="/" className={classes.mark} aria-label="Palvella, home">
        <Mark />
      </Link>
      {places.map((place) => (
        <PlaceLink
          key={place.href}
          place={place}
          pathname={pathname}
          isWideOnly={place.wideOnly}
          count={place.href === '/approvals' ? forMe : 0}
        />
      ))}
      <MorePlaces pathname={pathname} />
    </nav>
  );
}

function PlaceLink({
  place,
  pathname,
  isWideOnly,
  count = 0,
}: {
  place: Place;
  pathname: string;
  isWideOnly?: true | undefined;
  count?: number;
}) {
  return (
    <Link
      href={place.href}
      className={classes.place}
      data-wide-only={isWideOnly}
      aria-current={isAt(place, pathname) ? 'page' : undefined}
    >
      <place.icon size={20} stroke={1.6} aria-hidden />
      <span>{place.label}</span>
      {count === 0 ? null : (
        <span className={classes.count} aria-label={`${count} for me`}>
          {count}
        </span>
      )}
    </Link>
  );
}

/** What a phone's bar has no room for. The browser's own popover: it brings no script to every first page. */
function MorePlaces({ pathname }: { pathname: string }) {
  const more = places.filter(({ wideOnly }) => wideOnly === true);
  return (
    <>
      <button
        type="button"
        className={`${classes.place} ${classes.more}`}
        popoverTarget="more-places"
        aria-current={more.some((place) => isAt(place, pathname)) ? true : undefined}
      >
        <IconDots size={20} stroke={1.6} aria-hidden />
        <span>More</span>
      </button>
      <div
        id="more-places"
        popover="auto"
        className={classes.morePlaces}
        onClick={(event) => event.currentTarget.hidePopover()}
      >
        {more.map((place) => (
          <PlaceLink key={place.href} place={place} pathname={pathname} />
        ))}
      </div>
    </>
  );
}
