'use client';
import { Anchor, Title } from '@mantine/core';
import type { Param } from '../../../core/plan.ts';
import { useDefinition, useRuns } from '../api/queries.ts';
import { Link } from '../links/link.tsx';
import { NotThere } from '../lists/not-there.tsx';
import page from '../lists/page.module.css';
import { Empty } from '../lists/states.tsx';
import { RunForm } from '../parameters/run-form.tsx';
import { Source } from '../pipelines/source.tsx';
import { RunList } from '../runs/run-list.tsx';
import { DefinitionLayout } from './definition-layout.tsx';
import { FormerRuns } from './former-runs.tsx';
import { type LibraryKind, libraryKinds } from './kinds.ts';
import classes from './library.module.css';
import { NoDefinition } from './no-definition.tsx';
import { UsedBy } from './used-by.tsx';

/** One Job, Action or Engine of the library. Jobs and Actions can be run by themselves. */
export function DefinitionPage({ kind, name }: { kind: LibraryKind; name: string }) {
  const read = useDefinition(kind, name);
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
  return (
    <DefinitionLayout
      kind={kind}
      name={name}
      version={definition.version}
      description={description ?? null}
      overview={
        <>
          {params.length === 0 ? null : <Parameters params={params} />}
          <UsedBy kind={kind} name={name} />
          {kind === 'Engine' ? null : <LastRuns name={name} formerNames={definition.formerNames} />}
        </>
      }
      source={<Source name={name} text={definition.source} />}
      start={
        kind === 'Engine'
          ? null
          : {
              title: 'Run it by itself',
              // What was typed is kept in a new version that takes the same.
              form: <RunForm pipeline={name} params={params} key={JSON.stringify(params)} />,
            }
      }
    />
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
      <RunList
        read={runs}
        bare
        label="Last runs"
        empty={<Empty title={formerNames.length > 0 ? 'Not run by itself under this name' : 'Never run by itself'} />}
      />
      <FormerRuns names={formerNames} />
    </section>
  );
}
