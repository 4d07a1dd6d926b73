import { createServer } from 'node:net';

/** Undefined where the address can be listened on, else the system's reason. */
export function portFault(port: number, host: string): Promise<string | undefined> {
  return new Promise((answer) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => answer(error.code ?? error.message));
    server.listen({ port, host, exclusive: true }, () => server.close(() => answer(undefined)));
  });
}

/** A port of the loopback interface that nobody listens on now. */
export function freePort(): Promise<number> {
  return new Promise((answer, fail) => {
    const server = createServer();
    server.once('error', fail);
    server.listen({ port: 0, host: '127.0.0.1' }, () => {
      const address = server.address();
      server.close(() =>
        address === null || typeof address === 'string' ? fail(new Error('no port')) : answer(address.port),
      );
    });
  });
}
