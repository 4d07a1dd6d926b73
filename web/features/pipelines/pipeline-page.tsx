'use client';
import { Title } from '@mantine/core';
import { useSearchParams } from 'next/navigation';
import { useMemo } from 'react';
import { isNotFound } from '../api/error.ts';
import { useDefinition, usePipeline, useRun, useRuns } from '../api/queries.ts';
import { definitionItems } from '../graph/definition-items.ts';
import { soon } from '../later/later.tsx';
import { DefinitionLayout } from '../library/definition-layout.tsx';
import { FormerRuns } from '../library/former-runs.tsx';
import { NoPipeline } from '../library/no-pipeline.tsx';
import { UsedBy } from '../library/used-by.tsx';
import { NotThere } from '../lists/not-there.tsx';
import page from '../lists/page.module.css';
import { Empty, OrFailure, Skeletons } from '../lists/states.tsx';
import { RunForm } from '../parameters/run-form.tsx';
import { RunList } from '../runs/run-list.tsx';
import { SavedSource } from './source.tsx';

const Graph = soon(
  () => import('../graph/graph.tsx').then((room) => room.Graph),
  () => <Skeletons rows={1} height={180} />,
);

export function PipelinePage({ name }: { name: string }) {
  const read = usePipeline(name);
  const pipeline = read.data;
  if (pipeline === undefined) return <NotThere title={name} read={read} gone={<NoPipeline name={name} />} />;
  return (
    <DefinitionLayout
      kind="Pipeline"
      name={name}
      version={pipeline.version}
      description={pipeline.description}
      overview={<Overview name={name} />}
      source={<SavedSource kind="Pipeline" name={name} />}
      start={{
        title: 'Start a run',
        // What was typed is kept in a new version that takes the same.
        form: <StartRun name={name} params={pipeline.parameters} key={JSON.stringify(pipeline.parameters)} />,
      }}
    />
  );
}

/** The form; with `?from=12` in the address it stands at what run 12 was given. */
function StartRun({ name, params }: { name: string; params: Parameters<typeof RunForm>[0]['params'] }) {
  const from = useSearchParams().get('from');
  return from === null ? (
    <RunForm pipeline={name} params={params} />
  ) : (
    <RunAgain name={name} params={params} from={from} />
  );
}

function RunAgain({
  name,
  params,
  from,
}: {
  name: string;
  params: Parameters<typeof RunForm>[0]['params'];
  from: string;
}) {
  const run = useRun(`${name}/${from}`);
  if (run.isPending) return <Skeletons rows={2} />;
  const form = (
    <RunForm pipeline={name} params={params} {...(run.data === undefined ? {} : { given: run.data.parameters })} />
  );
  return isNotFound(run.error) ? form : <OrFailure read={run}>{form}</OrFailure>;
}

function Overview({ name }: { name: string }) {
  const definition = useDefinition('Pipeline', name);
  const runs = useRuns({ pipeline: name, limit: 10 });
  const spec = definition.data?.spec;
  const isRenamed = (definition.data?.formerNames ?? []).length > 0;
  const items = useMemo(() => (spec === undefined ? [] : definitionItems(spec)), [spec]);
  return (
    <>
      <section className={page.section} aria-label="Graph">
        <OrFailure read={definition}>
          {definition.isPending ? <Skeletons rows={1} height={180} /> : <Graph items={items} />}
        </OrFailure>
      </section>
      <UsedBy kind="Pipeline" name={name} unlessNothing />
      <section className={page.section}>
        <Title order={2} size="h5">
          Last runs
        </Title>
        <RunList
          read={runs}
          bare
          label="Last runs"
          empty={
            <Empty title={isRenamed ? 'Not run under this name yet' : 'Never run'}>
              <p>Start {isRenamed ? 'a' : 'the first'} run with the form on this page.</p>
            </Empty>
          }
        />
        <FormerRuns names={definition.data?.formerNames} />
      </section>
    </>
  );
}
