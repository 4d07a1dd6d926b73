'use client';
import { createSpotlight, Spotlight } from '@mantine/spotlight';
import { IconRoute, IconSearch } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { api } from '../api/client.ts';
import { pipelineHref, runHref } from '../runs/hrefs.ts';
import { StatusShape } from '../status/shape.tsx';
import { statusWords } from '../status/words.ts';
import { matchesRun } from './run-search.ts';

const [store, spotlight] = createSpotlight();

/** Finds Pipelines by name, and recent runs by Pipeline or number. Mounted while it is open. */
export function SearchBox({ onClose }: { onClose: () => void }) {
  const router = useRouter();
  const [query, setQuery] = useState('');
  useEffect(() => spotlight.open(), []);
  const pipelines = useQuery({
    queryKey: ['search', 'pipelines', query],
    queryFn: ({ signal }) => api.pipelines({ q: query.split(/[\s#/]/)[0] ?? '', limit: 6 }, signal),
    placeholderData: keepPreviousData,
  });
  const runs = useQuery({ queryKey: ['search', 'runs'], queryFn: ({ signal }) => api.runs({ limit: 100 }, signal) });
  const foundPipelines = pipelines.data?.items ?? [];
  const foundRuns = (runs.data?.items ?? []).filter((run) => matchesRun(run, query)).slice(0, 8);
  const results = [...foundPipelines.map((each) => each.name), ...foundRuns.map((each) => each.id)].join();
  useEffect(() => {
    if (results !== '') markFirst();
  }, [results]);
  const nothing = foundPipelines.length + foundRuns.length === 0;
  const pipelineGroup =
    foundPipelines.length === 0 ? null : (
      <Spotlight.ActionsGroup label="Pipelines">
        {foundPipelines.map((pipeline) => (
          <Spotlight.Action
            key={pipeline.name}
            label={pipeline.name}
            description={pipeline.description ?? ''}
            leftSection={<IconRoute size={18} stroke={1.6} />}
            onClick={() => router.push(pipelineHref(pipeline.name))}
          />
        ))}
      </Spotlight.ActionsGroup>
    );
  const runGroup =
    foundRuns.length === 0 ? null : (
      <Spotlight.ActionsGroup label="Runs">
        {foundRuns.map((run) => (
          <Spotlight.Action
            key={run.id}
            label={`${run.pipeline} #${run.number}`}
            description={statusWords[run.status]}
            leftSection={<StatusShape status={run.status} />}
            onClick={() => router.push(runHref(run))}
          />
        ))}
      </Spotlight.ActionsGroup>
    );
  /** Who gives a number means a run. */
  const wantsRun = /(^|[\s#/])\d+$/.test(query);
  return (
    <Spotlight.Root
      store={store}
      query={query}
      onQueryChange={setQuery}
      onSpotlightClose={onClose}
      shortcut={null}
      scrollable
      maxHeight={420}
      overlayProps={{ blur: 0, backgroundOpacity: 0.3 }}
    >
      <Spotlight.Search
        placeholder="Pipeline, or Pipeline and run number"
        aria-label="Search"
        leftSection={<IconSearch size={18} stroke={1.6} />}
      />
      <Spotlight.ActionsList data-results>
        {wantsRun ? runGroup : pipelineGroup}
        {wantsRun ? pipelineGroup : runGroup}
        {nothing && !pipelines.isPending ? <Spotlight.Empty>Nothing has this name.</Spotlight.Empty> : null}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

/** Spotlight marks the first result when one types; results that come later from the server need it again. */
function markFirst() {
  const [first, ...others] = document.querySelectorAll('[data-results] [data-action]');
  for (const other of others) other.removeAttribute('data-selected');
  first?.setAttribute('data-selected', 'true');
}
