import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { actionOf, commandOf, finish, newJob } from '../contracts/engine-harness.ts';
import { kubernetesSetting } from './setting.ts';

const setting = kubernetesSetting();
const folder = mkdtempSync(join(tmpdir(), 'palvella-stall-'));
const sockets = new Set<Socket>();
const server = createServer((from) => {
  const to = connect(16443, '127.0.0.1');
  for (const socket of [from, to]) sockets.add(socket.on('error', () => undefined));
  from.pipe(to).pipe(from);
});
afterAll(() => {
  process.env['KUBECONFIG'] = setting().kubeconfig;
  for (const socket of sockets) socket.destroy();
  server.close();
  rmSync(folder, { recursive: true });
});

test('a connection that goes dead without a word is noticed, and nothing is lost', async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const text = readFileSync(setting().kubeconfig, 'utf8');
  const { port } = server.address() as AddressInfo;
  writeFileSync(join(folder, 'config'), text.replace(/127\.0\.0\.1:\d+/, `127.0.0.1:${port}`));
  process.env['KUBECONFIG'] = join(folder, 'config');
  const job = newJob();
  await setting().engine.prepare({
    key: job,
    settings: { image: 'alpine:latest', pull: 'missing', start_timeout: 60 },
  });
  const command = 'echo begun; sleep 4; echo late; exit 4';
  const running = await setting().engine.start(commandOf(actionOf(job), command));
  setTimeout(() => {
    for (const socket of sockets) socket.unpipe().pause();
  }, 3_000);
  expect(await finish(running)).toMatchObject({ stdout: 'begun\nlate\n', exit: { status: 4 } });
}, 70_000);
