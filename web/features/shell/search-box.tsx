'use client';
import { useMantineColorScheme } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { createSpotlight, Spotlight } from '@mantine/spotlight';
import { IconHistory, IconKeyboard, IconMoon, IconPlayerPlay, IconSearch, IconSun } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { createElement, type ReactNode, useEffect, useEffectEvent, useState } from 'react';
import type { SearchResult } from '../../../core/api/search.ts';
import { apiPath, call } from '../api/client.ts';
import { errorText } from '../api/error.ts';
import { useGo } from '../links/use-go.ts';
import { StatusShape } from '../status/shape.tsx';
import { statusWords } from '../status/words.ts';
import { iconOf } from './kind-icons.ts';
import { keepRecent, readRecent } from './recent.ts';
import { type Found, foundOf, foundPages, groupLabels, matches, readWish, searchedKinds } from './search-found.ts';
import classes from './shell.module.css';

const [store, spotlight] = createSpotlight();
const settleMs = 120;

interface Command {
  title: string;
  icon: ReactNode;
  act: () => void;
}

interface Props {
  /** Another one opens it again. */
  opening: object;
  onClose: () => void;
  onHelp: () => void;
}

/** Finds everything by name, and does what is called by name. Mounted while it is open. */
export function SearchBox({ opening, onClose, onHelp }: Props) {
  const go = useGo();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [query, setQuery] = useState('');
  const [recent] = useState(() => readRecent(window.localStorage));
  const { starts, text } = readWish(query);
  const [asked] = useDebouncedValue(text, settleMs);
  useEffect(() => spotlight.open(), [opening]);
  // Heard from its store at once, as Spotlight tells it only once it is drawn, when it may have been asked for again.
  const hear = useEffectEvent(({ opened }: { opened: boolean }) => {
    if (!opened) onClose();
  });
  useEffect(() => store.subscribe(hear), []);
  const read = useQuery({
    queryKey: ['search', asked],
    queryFn: ({ signal }) =>
      call<SearchResult>('GET', apiPath(['search'], { q: asked, kinds: searchedKinds.join(',') }), { signal }),
    placeholderData: keepPreviousData,
    enabled: asked !== '',
  });

  const found = text === '' ? [] : foundOf(read.data?.hits ?? []);
  const pipelines = found.filter(({ kind }) => kind === 'Pipeline');
  const commands: Command[] = [
    ...(starts ? pipelines : pipelines.slice(0, 1)).map(({ title, href }) => ({
      title: `Start a run of ${title}`,
      icon: <IconPlayerPlay size={18} stroke={1.6} />,
      act: () => go(`${href}#start`),
    })),
    ...[
      { title: 'Use the light theme', icon: <IconSun size={18} stroke={1.6} />, act: () => setColorScheme('light') },
      { title: 'Use the dark theme', icon: <IconMoon size={18} stroke={1.6} />, act: () => setColorScheme('dark') },
      { title: 'Show the keyboard keys', icon: <IconKeyboard size={18} stroke={1.6} />, act: onHelp },
    ].filter(({ title }) => text !== '' && matches(title, query) && title !== `Use the ${colorScheme} theme`),
  ];
  const pages = foundPages(text);
  const open = (to: Found) => {
    keepRecent(window.localStorage, to);
    go(to.href);
  };

  const groups = [
    ...[...Map.groupBy(found, ({ kind }) => kind)].map(([kind, items]) => ({ label: groupLabels[kind], items })),
    { label: text === '' ? 'Recent' : '', items: text === '' ? recent : [] },
    { label: groupLabels.page, items: pages },
  ].filter(({ items }) => items.length > 0);
  const commandGroup =
    commands.length === 0 ? null : (
      <Spotlight.ActionsGroup label="Commands" className={classes.found}>
        {commands.map(({ title, icon, act }) => (
          <Spotlight.Action key={title} label={title} leftSection={icon} onClick={act} />
        ))}
      </Spotlight.ActionsGroup>
    );
  const shown = [
    ...commands.map(({ title }) => title),
    ...groups.flatMap(({ items }) => items.map(({ href }) => href)),
  ].join();
  useEffect(() => {
    if (shown !== '') markFirst();
  }, [shown]);
  return (
    <Spotlight.Root
      store={store}
      query={query}
      onQueryChange={setQuery}
      shortcut={null}
      scrollable
      maxHeight={480}
      overlayProps={{ blur: 0, backgroundOpacity: 0.3 }}
      attributes={{ content: { 'aria-label': 'Search' } }}
    >
      <Spotlight.Search
        placeholder="A name, a run as deploy 128, or what to do"
        aria-label="Search"
        maxLength={200}
        leftSection={<IconSearch size={18} stroke={1.6} />}
      />
      <Spotlight.ActionsList data-results>
        {starts ? commandGroup : null}
        {groups.map(({ label, items }) => (
          <Spotlight.ActionsGroup key={label} label={label} className={classes.found}>
            {items.map((item) => (
              <FoundAction
                key={item.kind + item.href + item.title}
                of={item}
                isRecent={label === 'Recent'}
                onOpen={open}
              />
            ))}
          </Spotlight.ActionsGroup>
        ))}
        {starts ? null : commandGroup}
        {shown === '' && asked === text && !read.isFetching && read.error === null ? (
          <Spotlight.Empty>Nothing is called like “{text}”.</Spotlight.Empty>
        ) : null}
        {read.error === null ? null : <Spotlight.Empty role="alert">{errorText(read.error)}</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

function FoundAction({ of, isRecent, onOpen }: { of: Found; isRecent: boolean; onOpen: (found: Found) => void }) {
  const word = of.status === null ? '' : statusWords[of.status];
  return (
    <Spotlight.Action
      label={of.title}
      description={[isRecent ? '' : word, of.text].filter(Boolean).join(' · ')}
      leftSection={
        of.status === null || isRecent ? (
          createElement(isRecent ? IconHistory : iconOf(of), { size: 18, stroke: 1.6 })
        ) : (
          <StatusShape status={of.status} />
        )
      }
      onClick={() => onOpen(of)}
    />
  );
}

/** Spotlight marks the first result when one types; results that come later from the server need it again. */
function markFirst() {
  const [first, ...others] = document.querySelectorAll('[data-results] [data-action]');
  for (const other of others) other.removeAttribute('data-selected');
  first?.setAttribute('data-selected', 'true');
}
