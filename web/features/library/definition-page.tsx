'use client';
import { Anchor, Tabs, Title } from '@mantine/core';
import Link from 'next/link';
import type { Param } from '../../../core/plan.ts';
import { useDefinition, useRuns } from '../api/queries.ts';
import { useAddressParam } from '../lists/address.ts';
import { NotThere } from '../lists/not-there.tsx';
import page from '../lists/page.module.css';
import { PageHead } from '../lists/page-head.tsx';
import { Empty } from '../lists/states.tsx';
import { RunForm } from '../parameters/run-form.tsx';
import pipelines from '../pipelines/pipelines.module.css';
import { Source } from '../pipelines/source.tsx';
import { RunList } from '../runs/run-list.tsx';
import { Versions } from '../versions/versions.tsx';
import { DefinitionButtons } from './definition-buttons.tsx';
import { FormerRuns } from './former-runs.tsx';
import { type LibraryKind, libraryKinds } from './kinds.ts';
import classes from './library.module.css';
import { NoDefinition } from './no-definition.tsx';
import { UsedBy } from './used-by.tsx';

/** Beside the first, which is shown when the address names none. */
const tabs = ['source', 'versions'];

/** One Job, Action or Engine of the library. Jobs and Actions can be run by themselves. */
export function DefinitionPage({ kind, name }: { kind: LibraryKind; name: string }) {
  const read = useDefinition(kind, name);
  const [tab, setTab] = useAddressParam('tab', tabs);
  const definition = read.data;
  const { path, many } = libraryKinds[kind];
  if (definition === undefined) {
    const gone = (
      <NoDefinition name={name} kinds={[kind]} title={`There is no such ${kind}`}>
        <Anchor component={Link} href={path} inherit>
          All {many}
        </Anchor>
      </NoDefinition>
    );
    return <NotThere title={name} read={read} gone={gone} />;
  }
  const { description, params = [] } = definition.spec as { description?: string; params?: Param[] };
  const runs = kind !== 'Engine' && tab === '';
  return (
    <>
      <PageHead title={name}>
        <DefinitionButtons kind={kind} name={name} version={definition.version} />
      </PageHead>
      {description === undefined ? null : <p className={page.description}>{description}</p>}
      <div className={runs ? page.columns : undefined}>
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
          <Tabs.Panel value="overview">
            {params.length === 0 ? null : <Parameters params={params} />}
            <UsedBy kind={kind} name={name} />
            {kind === 'Engine' ? null : <LastRuns name={name} formerNames={definition.formerNames} />}
          </Tabs.Panel>
          <Tabs.Panel value="source">
            <Source name={name} text={definition.source} />
          </Tabs.Panel>
          <Tabs.Panel value="versions">
            <Versions kind={kind} name={name} />
          </Tabs.Panel>
        </Tabs>
        {runs ? (
          <section className={`${page.side} ${pipelines.start}`} aria-label="Run it by itself">
            <Title order={2} size="h5" mb="sm">
              Run it by itself
            </Title>
            <RunForm pipeline={name} params={params} key={definition.version} />
          </section>
        ) : null}
      </div>
    </>
  );
}

function Parameters({ params }: { params: readonly Param[] }) {
  return (
    <section className={page.section}>
      <Title order={2} size="h5">
        Parameters
      </Title>
      <table className={classes.parameters}>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Type</th>
            <th scope="col">Default</th>
            <th scope="col">For</th>
          </tr>
        </thead>
        <tbody>
          {params.map((param) => (
            <tr key={param.name}>
              <th scope="row">{param.name}</th>
              <td>{param.type}</td>
              <td>{defaultText(param)}</td>
              <td>{param.description}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function defaultText({ default: value, secret }: Param): string {
  if (value === undefined) return 'must be given';
  if (secret === true) return 'hidden';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function LastRuns({ name, formerNames }: { name: string; formerNames: readonly string[] }) {
  const runs = useRuns({ pipeline: name, limit: 10 });
  return (
    <section className={page.section}>
      <Title order={2} size="h5">
        Last runs by itself
      </Title>
      <RunList read={runs} bare label="Last runs" empty={<Empty title="Never run by itself" />} />
      <FormerRuns names={formerNames} />
    </section>
  );
}
