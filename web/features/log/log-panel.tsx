'use client';
import { Button } from '@mantine/core';
import { useDebouncedValue, useLocalStorage } from '@mantine/hooks';
import { type ReactNode, useState } from 'react';
import { logTextPath } from '../api/client.ts';
import { errorText, isNotFound } from '../api/error.ts';
import { Skeletons } from '../lists/states.tsx';
import classes from './log.module.css';
import { LogBar } from './log-bar.tsx';
import type { LogSource } from './log-source.ts';
import { LogView } from './log-view.tsx';
import { nextHit } from './search.ts';
import { useLog } from './use-log.ts';
import { useLogSearch } from './use-search.ts';
import { useLineTarget } from './use-target.ts';

interface Props {
  run: string;
  job: string;
  action: string;
  /** Changes with each try. */
  attempt: string;
  head: ReactNode;
  startAtEnd: boolean;
  /** The reader stays with this Action: the address must name it. */
  onPin: () => void;
}

/** The log of one Action with its tools. */
export function LogPanel({ run, job, action, attempt, head, startAtEnd, onPin }: Props) {
  const source = useLog(run, job, action, attempt);
  const [typed, setTyped] = useState('');
  const [query] = useDebouncedValue(typed.trim(), 250);
  const [wrap, setWrap] = useLocalStorage({ key: 'palvella-log-wrap', defaultValue: true });
  const [times, setTimes] = useLocalStorage({ key: 'palvella-log-times', defaultValue: !isPhone() });
  const [target, setTarget] = useLineTarget();
  const total = source?.model.total() ?? 0;
  const found = useLogSearch({ run, job, action }, query, total);

  function pick(n: number) {
    onPin();
    setTarget(n);
  }
  function step(by: 1 | -1) {
    const n = nextHit(found.lines, target ?? 0, by);
    if (n !== undefined) pick(n);
  }
  return (
    <>
      <div className={classes.bar}>
        {head}
        <LogBar
          query={typed}
          onQuery={setTyped}
          found={found}
          total={total}
          target={target}
          onStep={step}
          wrap={wrap}
          onWrap={setWrap}
          times={times}
          onTimes={setTimes}
          downloadHref={logTextPath(run, job, action)}
        />
      </div>
      {source === null || source.isLoading() ? (
        <div className={classes.loading}>
          <Skeletons rows={4} height={24} />
        </div>
      ) : (
        <>
          <ReadFailure error={source.error()} onRetry={source.retry} />
          {total === 0 ? (
            <Silence source={source} />
          ) : (
            <LogView
              key={attempt}
              source={source}
              query={query}
              wrap={wrap}
              times={times}
              target={target}
              onTarget={pick}
              onMove={onPin}
              startAtEnd={startAtEnd || !source.model.closed()}
            />
          )}
        </>
      )}
    </>
  );
}

function isPhone(): boolean {
  return window.matchMedia('(max-width: 48em)').matches;
}

function Silence({ source }: { source: LogSource }) {
  if (source.error() !== null && !isNotFound(source.error())) return null;
  return <p className={classes.note}>{source.model.closed() ? 'It printed nothing.' : 'Nothing printed yet.'}</p>;
}

function ReadFailure({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  if (error === null || isNotFound(error)) return null;
  return (
    <div className={classes.reason} role="alert">
      <span>The log could not be read. {errorText(error)}</span>
      <Button size="compact-xs" variant="default" onClick={onRetry}>
        Try again
      </Button>
    </div>
  );
}
