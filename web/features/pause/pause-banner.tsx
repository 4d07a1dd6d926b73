'use client';
import { Button } from '@mantine/core';
import { errorText } from '../api/error.ts';
import { useWho } from '../session/who.ts';
import banner from '../shell/banner.module.css';
import { Time } from '../time/time.tsx';
import classes from './pause.module.css';
import { useChangePause, usePause } from './queries.ts';

/** On every page while the server is paused: by whom, since when, why, and the way on. */
export function PauseBanner() {
  const pause = usePause().data?.pause ?? null;
  const change = useChangePause();
  const who = useWho();
  return (
    <div role="status">
      {pause === null ? null : (
        <div className={banner.banner}>
          <span className={classes.text}>
            <strong>Paused</strong> by {who(pause.by)} <Time at={pause.since} />
            {pause.note === '' ? '' : `: ${pause.note}`}
            <span className={classes.more}>
              {' · '}No run and no Job begins. What runs finishes, what is started waits.
            </span>
            {change.error === null ? null : <strong> {errorText(change.error)}</strong>}
          </span>
          <Button
            className={classes.button}
            size="compact-xs"
            variant="default"
            loading={change.isPending}
            onClick={() => change.mutate(null)}
          >
            Resume
          </Button>
        </div>
      )}
    </div>
  );
}
