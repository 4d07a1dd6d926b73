import type { ClientMessage, ServerMessage } from '../core/api/live.ts';
import type { Connection } from './connection.ts';
import { CommandFailure } from './failure.ts';

/** How long the server may be away before a command that watches gives up. */
export const patienceMs = 120_000;
export const retryMs = 500;

export interface Live {
  send(message: ClientMessage): void;
  close(): void;
}

export interface LiveEvents {
  /** After every connect: subscribe, from where the last connection ended. */
  opened(): void;
  message(message: ServerMessage): void;
  /** The server stayed away, or refused. */
  gaveUp(failure: CommandFailure): void;
}

/** The API's WebSocket, connected again whenever it breaks. */
export function openLive(connection: Connection, events: LiveEvents): Live {
  const url = `${connection.url.replace(/^http/, 'ws')}/api/v1/live`;
  let socket: WebSocket;
  let ended = false;
  let awaySince: number | undefined;
  let timer: NodeJS.Timeout | undefined;

  connect();
  return {
    send: (message) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
    },
    close: () => {
      ended = true;
      clearTimeout(timer);
      socket.close();
    },
  };

  function connect(): void {
    // Node's own WebSocket takes headers, which the browser's type does not know.
    const init = { headers: { authorization: `Bearer ${connection.token}` } } as unknown as string[];
    socket = new WebSocket(url, init);
    socket.addEventListener('open', () => {
      awaySince = undefined;
      events.opened();
    });
    socket.addEventListener('message', ({ data }) => events.message(JSON.parse(String(data)) as ServerMessage));
    socket.addEventListener('close', later);
  }

  function later(): void {
    if (ended) return;
    awaySince ??= Date.now();
    if (Date.now() - awaySince > patienceMs) {
      ended = true;
      events.gaveUp(new CommandFailure(3, `The server at ${connection.url} could not be reached any more.`));
      return;
    }
    timer = setTimeout(connect, retryMs);
  }
}
