'use client';
import { Button, Menu, Text } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { RunDetail } from '../../../core/api/objects.ts';
import type { JobState } from '../../../core/run-state.ts';
import { api } from '../api/client.ts';
import { errorText } from '../api/error.ts';
import { ConfirmDialog } from '../dialogs/confirm-dialog.tsx';
import { ForkButton } from '../forks/fork-button.tsx';
import { Link } from '../links/link.tsx';
import { isBad } from '../status/words.ts';
import { compareHref, pipelineHref } from './hrefs.ts';
import classes from './run.module.css';
import { useRetry } from './use-retry.ts';

interface Props {
  run: RunDetail;
  runKey: string;
  isOpen: boolean;
  selected: JobState | undefined;
}

/** Stop while it goes on; fork, retry or run again once it has ended. */
export function RunButtons({ run, runKey, isOpen, selected }: Props) {
  return (
    <div className={classes.buttons}>
      {isOpen ? (
        <Stop runKey={runKey} />
      ) : (
        <>
          <ForkButton run={run} runKey={runKey} selected={selected?.path} />
          <Retry run={run} runKey={runKey} selected={selected} />
        </>
      )}
    </div>
  );
}

function Stop({ runKey }: { runKey: string }) {
  const [asks, setAsks] = useState(false);
  const queries = useQueryClient();
  const stop = useMutation({
    mutationFn: () => api.stop(runKey),
    onSuccess: () => setAsks(false),
    onSettled: () => queries.invalidateQueries({ queryKey: ['run', runKey] }),
  });
  return (
    <>
      <Button variant="default" loading={stop.isSuccess} onClick={() => setAsks(true)}>
        Stop
      </Button>
      <ConfirmDialog
        title="Stop this run?"
        opened={asks}
        change={stop}
        keep="Let it run"
        act="Stop the run"
        isDangerous
        onClose={() => setAsks(false)}
        onConfirm={() => stop.mutate()}
      >
        What runs now is asked to end, then killed. Teardown still runs. What was done is not undone.
      </ConfirmDialog>
    </>
  );
}

function Retry({ run, runKey, selected }: Omit<Props, 'isOpen'>) {
  const retry = useRetry(runKey);
  const isStarted = retry.isPending || retry.isSuccess;
  const hasFailed = run.jobs.some((job) => isBad(job.status) || job.status === 'blocked' || job.status === 'stopped');
  const again = `${pipelineHref(run.pipeline)}?from=${run.number}`;
  return (
    <>
      {retry.error === null ? null : (
        <Text role="alert" size="sm" c="red">
          {errorText(retry.error)}
        </Text>
      )}
      <Button.Group>
        {hasFailed ? (
          <Button loading={isStarted} onClick={() => retry.mutate(undefined)}>
            Retry what failed
          </Button>
        ) : (
          <Button variant="default" component={Link} href={again}>
            Run again
          </Button>
        )}
        <Menu position="bottom-end">
          <Menu.Target>
            <Button variant={hasFailed ? 'filled' : 'default'} px={8} aria-label="More ways to run again">
              <IconChevronDown size={16} />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {selected === undefined ? null : (
              <Menu.Item disabled={isStarted} onClick={() => retry.mutate(selected.path)}>
                Retry from “{selected.path}”
              </Menu.Item>
            )}
            <Menu.Item component={Link} href={again}>
              Run again with these parameters
            </Menu.Item>
            {run.number === 1 ? null : (
              <Menu.Item component={Link} href={compareHref(`${run.pipeline}/${run.number - 1}`, runKey)}>
                Compare with another run
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      </Button.Group>
    </>
  );
}
