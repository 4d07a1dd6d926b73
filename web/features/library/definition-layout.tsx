'use client';
import { Tabs, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useAddressParam } from '../lists/address.ts';
import page from '../lists/page.module.css';
import { PageHead } from '../lists/page-head.tsx';
import { Versions } from '../versions/versions.tsx';
import { DefinitionButtons } from './definition-buttons.tsx';
import classes from './library.module.css';

/** Beside the first, which is shown when the address names none. */
const tabs = ['source', 'versions'];

interface Props {
  kind: string;
  name: string;
  version: number;
  description: string | null;
  overview: ReactNode;
  source: ReactNode;
  /** Stands beside the overview. */
  start: { title: string; form: ReactNode } | null;
}

/** The page of a definition: what can be done with it, what is told of its kind, its YAML and its versions. */
export function DefinitionLayout({ kind, name, version, description, overview, source, start }: Props) {
  const [tab, setTab] = useAddressParam('tab', tabs);
  const shownStart = tab === '' ? start : null;
  return (
    <>
      <PageHead title={name}>
        <DefinitionButtons kind={kind} name={name} version={version} />
      </PageHead>
      {description === null ? null : <p className={page.description}>{description}</p>}
      <div className={shownStart === null ? undefined : page.columns}>
        <Tabs
          value={tab === '' ? 'overview' : tab}
          onChange={(value) => setTab(value === 'overview' ? '' : (value ?? ''))}
          keepMounted={false}
        >
          <Tabs.List mb="md">
            <Tabs.Tab value="overview">Overview</Tabs.Tab>
            <Tabs.Tab value="source">YAML</Tabs.Tab>
            <Tabs.Tab value="versions">Versions</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="overview">{overview}</Tabs.Panel>
          <Tabs.Panel value="source">{source}</Tabs.Panel>
          <Tabs.Panel value="versions">
            <Versions kind={kind} name={name} />
          </Tabs.Panel>
        </Tabs>
        {shownStart === null ? null : (
          <section id="start" className={`${page.side} ${classes.start}`} aria-label={shownStart.title}>
            <Title order={2} size="h5" mb="sm">
              {shownStart.title}
            </Title>
            {shownStart.form}
          </section>
        )}
      </div>
    </>
  );
}
