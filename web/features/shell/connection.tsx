'use client';
import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useLiveSocket, useLiveState } from '../api/live.tsx';
import banner from './banner.module.css';

const patienceMs = 2_000;

/** Says that the page may be old, once the socket has been away for a moment. */
export function Connection() {
  const live = useLiveSocket();
  const lost = useLiveState() === 'lost';
  const [shown, setShown] = useState(false);
  useEffect(() => {
    if (!lost) return setShown(false);
    const timer = setTimeout(() => setShown(true), patienceMs);
    return () => clearTimeout(timer);
  }, [lost]);
  return (
    <div role="status">
      {shown ? (
        <div className={banner.banner}>
          <span>Connection lost. What you see may be old; it is brought up to date when the server is back.</span>
          <Button size="compact-xs" variant="default" onClick={() => live?.reconnect()}>
            Try now
          </Button>
        </div>
      ) : null}
    </div>
  );
}
