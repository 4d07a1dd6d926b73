import { expect, test, vi } from 'vitest';
import { runInForeground } from './foreground.ts';

const stop = vi.fn(async () => {});
vi.mock('./server.ts', () => ({
  startServer: async () => {
    process.emit('SIGINT');
    return { url: 'http://localhost:1', token: 'plv_x', signIn: 'http://localhost:1/sign-in', stop };
  },
}));

test('a Ctrl-C that comes just as all is ready is not lost', async () => {
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  await runInForeground({ dataDir: '/nowhere', port: 1, host: '127.0.0.1', logFormat: 'text' });
  expect(stop).toHaveBeenCalledOnce();
});
