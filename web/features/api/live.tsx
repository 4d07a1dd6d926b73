'use client';
import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { Topic } from '../../../core/api/live.ts';
import { apiRoot } from './client.ts';
import { createLiveSocket, type LiveSocket, type LiveState, type Receive, type Socket } from './live-socket.ts';

const LiveContext = createContext<LiveSocket | null>(null);

function openSocket(): Socket {
  const url = new URL(`${apiRoot}/live`, window.location.href);
  url.protocol = url.protocol.replace('http', 'ws');
  return new WebSocket(url) as unknown as Socket;
}

/** Opens the page's socket; after a loss everything on the page is read anew. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const queries = useQueryClient();
  const [live, setLive] = useState<LiveSocket | null>(null);
  useEffect(() => {
    const socket = createLiveSocket(openSocket);
    let lost = false;
    socket.watch(() => {
      if (socket.state() === 'open' && lost) void queries.invalidateQueries();
      lost = socket.state() === 'lost';
    });
    const now = () => socket.reconnect();
    window.addEventListener('online', now);
    setLive(socket);
    return () => {
      window.removeEventListener('online', now);
      socket.close();
    };
  }, [queries]);
  return <LiveContext value={live}>{children}</LiveContext>;
}

export function useLiveSocket(): LiveSocket | null {
  return useContext(LiveContext);
}

const never = () => () => {};

export function useLiveState(): LiveState {
  const live = useLiveSocket();
  return useSyncExternalStore(live?.watch ?? never, live?.state ?? (() => 'connecting'), () => 'connecting');
}

/** Subscribes while mounted, together with all on the page that ask for the same. */
export function useLive(topic: Topic, receive: Receive): void {
  const live = useLiveSocket();
  const receiver = useRef(receive);
  receiver.current = receive;
  const text = JSON.stringify(topic);
  useEffect(
    () => live?.join(JSON.parse(text) as Topic, (message, isPresent) => receiver.current(message, isPresent)),
    [live, text],
  );
}
