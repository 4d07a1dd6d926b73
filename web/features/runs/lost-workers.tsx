'use client';
import { Button, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { JobState } from '../../../core/run-state.ts';
import { api } from '../api/client.ts';
import { errorText } from '../api/error.ts';
import classes from './run.module.css';

/** Jobs whose Worker was lost after an Action had begun: only a person can tell what it did. */
export function LostWorkers({ runKey, jobs }: { runKey: string; jobs: readonly JobState[] }) {
  return jobs.map((job) =>
    job.wait?.kind === 'worker_lost' ? (
      <Lost key={job.path} runKey={runKey} job={job.path} action={job.wait.action} worker={job.wait.worker} />
    ) : null,
  );
}

function Lost({ runKey, job, action, worker }: { runKey: string; job: string; action: string; worker: string }) {
  const queries = useQueryClient();
  const resolve = useMutation({
    mutationFn: (decision: 'repeat' | 'done' | 'fail') => api.resolve(runKey, job, decision),
    onSettled: () => queries.invalidateQueries({ queryKey: ['run', runKey] }),
  });
  const button = (decision: 'repeat' | 'done' | 'fail', label: string) => (
    <Button
      variant="default"
      disabled={resolve.isPending || resolve.isSuccess}
      loading={resolve.isPending && resolve.variables === decision}
      onClick={() => resolve.mutate(decision)}
    >
      {label}
    </Button>
  );
  return (
    <section className={classes.lost} aria-label={`Worker lost in ${job}`}>
      <div>
        <h2>The Worker was lost while “{action}” ran</h2>
        <p>
          {job} ran on {worker}. Find out what {action} did, then say how to go on.
        </p>
      </div>
      <div className={classes.lostButtons}>
        {button('repeat', 'Run it again')}
        {button('done', 'Count as done')}
        {button('fail', 'Count as failed')}
      </div>
      {resolve.error === null ? null : (
        <Text role="alert" size="sm" c="red">
          {errorText(resolve.error)}
        </Text>
      )}
    </section>
  );
}
