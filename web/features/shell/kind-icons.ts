import {
  IconActivity,
  IconBolt,
  IconBox,
  IconCalendarClock,
  IconCpu,
  IconFile,
  IconPlayerPause,
  IconRoute,
  IconServer,
  IconTerminal2,
  IconWebhook,
  type TablerIcon,
} from '@tabler/icons-react';
import type { SearchKind } from '../../../core/api/search.ts';
import { places } from './places.ts';
import type { Found } from './search-found.ts';

const icons: Record<SearchKind, TablerIcon> = {
  Pipeline: IconRoute,
  run: IconActivity,
  approval: IconPlayerPause,
  delivery: IconWebhook,
  Job: IconBox,
  Action: IconTerminal2,
  Engine: IconCpu,
  Trigger: IconBolt,
  schedule: IconCalendarClock,
  worker: IconServer,
  file: IconFile,
};

/** A page has the one that it has in the rail. */
export function iconOf({ kind, href }: Found): TablerIcon {
  if (kind !== 'page') return icons[kind];
  return places.find((place) => place.href === href)?.icon ?? IconFile;
}
