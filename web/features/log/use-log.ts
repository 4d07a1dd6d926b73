'use client';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { api } from '../api/client.ts';
import { useLiveSocket } from '../api/live.tsx';
import { createLogSource, type LogSource } from './log-source.ts';

const none = () => () => {};

/** The log of an Action's newest try. `attempt` is any text that changes with the try. */
export function useLog(run: string, job: string, action: string, attempt: string): LogSource | null {
  const live = useLiveSocket();
  const [source, setSource] = useState<LogSource | null>(null);

  useEffect(() => {
    const next = createLogSource((from, limit, signal) => api.log(run, { job, action, from, limit }, signal));
    setSource(next);
    return () => {
      next.close();
      setSource(null);
    };
  }, [run, job, action, attempt]);
  useSyncExternalStore(source?.subscribe ?? none, source?.version ?? (() => 0), () => 0);

  const follows = source !== null && !source.isLoading() && !source.model.closed();
  useEffect(() => {
    if (!follows || source === null || live === null) return;
    return live.subscribe(
      // From the last line on, as it may not have been whole.
      () => ({ topic: 'log', run, job, action, from: Math.max(1, source.model.total()), open: true }),
      (message) => {
        if (message.type === 'log') source.add(message);
      },
    );
  }, [follows, source, live, run, job, action]);
  return source;
}
