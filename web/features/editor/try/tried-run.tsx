'use client';
import { Anchor, Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { RunSummary } from '../../../../core/api/objects.ts';
import { api } from '../../api/client.ts';
import { errorText } from '../../api/error.ts';
import { useRun } from '../../api/queries.ts';
import { Link } from '../../links/link.tsx';
import { OrFailure, Skeletons } from '../../lists/states.tsx';
import { runHref } from '../../runs/hrefs.ts';
import { JobDetail } from '../../runs/job-detail.tsx';
import { JobsList } from '../../runs/jobs-list.tsx';
import { defaultSelection, type Selection } from '../../runs/selection.ts';
import { StatusLine } from '../../status/status.tsx';
import { isOpen } from '../../status/words.ts';
import { useSummaries } from '../../summaries/queries.ts';
import classes from '../editor.module.css';

/** The run of a try: its status, what it did, and the log of what is chosen. `job`: path of the only one that is tried. */
export function TriedRun({ run, job: tried }: { run: RunSummary; job: string | undefined }) {
  const key = `${run.pipeline}/${run.number}`;
  const reading = useRun(key);
  const read = reading.data;
  const stop = useMutation({ mutationFn: () => api.stop(key) });
  const summaries = useSummaries(key, read?.seq ?? 0).data?.items ?? [];
  const [chosen, setChosen] = useState<Selection | null>(null);
  if (read === undefined) {
    return (
      <OrFailure read={reading}>
        <Skeletons rows={3} />
      </OrFailure>
    );
  }
  // Not of the Jobs before it, whose samples may have failed.
  const own = read.jobs.filter(({ path }) => tried === undefined || isIn(path, tried));
  const selection = chosen ?? defaultSelection(own);
  const job = read.jobs.find(({ path }) => path === selection?.job);
  return (
    <section aria-label="Result of the try">
      <p role="status">
        <StatusLine of={read} />{' '}
        <Anchor component={Link} href={runHref(run)} inherit target="_blank">
          Open its page
        </Anchor>
        {isOpen(read.status) ? (
          <Button
            size="compact-xs"
            variant="default"
            ml="xs"
            loading={stop.isPending || stop.isSuccess}
            onClick={() => stop.mutate()}
          >
            Stop
          </Button>
        ) : null}
      </p>
      {stop.error === null || !isOpen(read.status) ? null : (
        <p className={classes.error} role="alert">
          {errorText(stop.error)}
        </p>
      )}
      <JobsList jobs={read.jobs} selection={selection} onSelect={setChosen} />
      {job === undefined ? null : (
        <JobDetail runKey={key} job={job} action={selection?.action ?? null} summaries={summaries} onPin={() => {}} />
      )}
    </section>
  );
}

/** A Job is in itself, in a group, and in what is run for each element. */
function isIn(path: string, tried: string): boolean {
  return path === tried || path.startsWith(`${tried}/`) || path.startsWith(`${tried}[`);
}
