'use client';
import type { PipelineSummary } from '../../../core/api/objects.ts';
import { usePipelines } from '../api/queries.ts';
import { LibraryTabs } from '../library/library-tabs.tsx';
import { Link } from '../links/link.tsx';
import { useAddressParam } from '../lists/address.ts';
import lists from '../lists/lists.module.css';
import { More } from '../lists/more.tsx';
import { PageHead } from '../lists/page-head.tsx';
import { SearchField } from '../lists/search-field.tsx';
import { Empty, ListStates } from '../lists/states.tsx';
import { pipelineHref } from '../runs/hrefs.ts';
import { RunShapes } from '../runs/run-row.tsx';
import { usualMs } from '../runs/usual.ts';
import { StatusLine } from '../status/status.tsx';
import { durationText } from '../time/duration-text.ts';
import { Time } from '../time/time.tsx';
import { CreatePipeline } from './create-pipeline.tsx';
import { FirstSteps } from './first-steps.tsx';
import classes from './pipelines.module.css';

export function PipelinesPage() {
  const [q, setQ] = useAddressParam('q');
  const read = usePipelines(q);
  const pipelines = read.data?.pages.flatMap((page) => page.items);
  return (
    <>
      <LibraryTabs />
      <PageHead title="Pipelines">
        <div className={lists.tools}>
          <SearchField label="Search Pipelines" q={q} onSearch={setQ} />
          {pipelines?.length === 0 && q === '' ? null : <CreatePipeline />}
        </div>
      </PageHead>
      <ListStates
        read={read}
        count={pipelines?.length}
        rows={6}
        empty={q === '' ? <FirstSteps /> : <Empty title={`No Pipeline is called like “${q}”`} />}
      >
        <ul className={lists.list} aria-label="Pipelines">
          {pipelines?.map((pipeline) => (
            <PipelineRow key={pipeline.name} pipeline={pipeline} />
          ))}
        </ul>
        <More pages={read} />
      </ListStates>
    </>
  );
}

function PipelineRow({ pipeline }: { pipeline: PipelineSummary }) {
  const last = pipeline.lastRuns[0];
  const neverRun = pipeline.formerNames.length > 0 ? 'Not run under this name yet' : 'Never run';
  const usual = usualMs(pipeline.lastRuns);
  return (
    <li className={`${lists.row} ${classes.row}`}>
      <span className={lists.name}>
        <Link href={pipelineHref(pipeline.name)} className={lists.open} data-row>
          {pipeline.name}
        </Link>
        {pipeline.description === null ? null : <span className={lists.quiet}>{pipeline.description}</span>}
      </span>
      <span className={classes.last}>{last === undefined ? null : <StatusLine of={last} short />}</span>
      <RunShapes runs={pipeline.lastRuns} />
      <span className={`${lists.number} ${classes.usual}`} title="What its last runs that succeeded usually took">
        {usual === null ? '' : durationText(usual)}
      </span>
      <span className={`${lists.quiet} ${lists.number}`}>
        {last === undefined ? neverRun : <Time at={last.queuedAt} />}
      </span>
    </li>
  );
}
