import {
  IconActivity,
  IconCalendarClock,
  IconCode,
  IconHome,
  IconLock,
  IconPlayerPause,
  IconRoute,
  IconServer,
  IconWebhook,
  type TablerIcon,
} from '@tabler/icons-react';

export interface Place {
  href: string;
  label: string;
  icon: TablerIcon;
  /** Where else one is in this place. */
  also?: readonly string[];
  /** Behind “More” in the phone's bar. */
  wideOnly?: true;
}

/** The rail, in its order. */
export const places: readonly Place[] = [
  { href: '/', label: 'Home', icon: IconHome },
  { href: '/pipelines', label: 'Pipelines', icon: IconRoute, also: ['/jobs', '/actions', '/engines', '/edit'] },
  { href: '/runs', label: 'Runs', icon: IconActivity },
  { href: '/approvals', label: 'Approvals', icon: IconPlayerPause },
  { href: '/deliveries', label: 'Deliveries', icon: IconWebhook, wideOnly: true, also: ['/triggers', '/new-webhook'] },
  { href: '/schedules', label: 'Schedules', icon: IconCalendarClock, wideOnly: true },
  { href: '/locks', label: 'Locks', icon: IconLock, wideOnly: true },
  { href: '/workers', label: 'Workers', icon: IconServer },
  { href: '/reference', label: 'API', icon: IconCode, wideOnly: true },
];

/** A run belongs to Runs, a Pipeline to Pipelines. */
export function isAt({ href, also = [] }: Place, pathname: string): boolean {
  if (href === '/') return pathname === '/';
  return [href, ...also].some((path) => pathname === path || pathname.startsWith(`${path}/`));
}
