import { absolute, type Measure, median } from '../figure.ts';

const lines = 100;

/** From a line's printing to its arrival over the WebSocket that the run page uses. */
const measure: Measure = async ({ server }) => {
  await server.apply(
    `kind: Pipeline\nname: bench-live\njobs:\n  - name: a\n    actions:\n      - name: ticks\n        run: 'sleep 1; for i in $(seq ${lines}); do date +%s%N; sleep 0.05; done'\n`,
  );
  const run = await server.run('bench-live');
  // Node's own WebSocket takes headers, which the browser's type does not know.
  const init = { headers: { authorization: `Bearer ${server.token}` } } as unknown as string[];
  const socket = new WebSocket(`${server.url.replace(/^http/, 'ws')}/api/v1/live`, init);
  const delays: number[] = [];
  await new Promise<void>((done, fail) => {
    const topic = { topic: 'log', run: run.id, job: 'a', action: 'ticks', from: 1 };
    const subscribe = () => socket.send(JSON.stringify({ type: 'subscribe', id: 'log', topic }));
    socket.addEventListener('open', () => setTimeout(subscribe, 500));
    socket.addEventListener('error', () => fail(new Error('the WebSocket broke')));
    socket.addEventListener('message', ({ data }) => {
      const arrived = performance.timeOrigin + performance.now();
      const message = JSON.parse(String(data)) as { type: string; lines?: { text: string }[]; closed?: boolean };
      if (message.type !== 'log') return;
      for (const line of message.lines ?? []) delays.push(arrived - Number(line.text) / 1e6);
      if (message.closed) done();
    });
  });
  socket.close();
  await server.wait(run.id);
  return [absolute('log line to reader, p50', 'ms', median(delays), 'at most', 100, { lines: delays.length })];
};
export default measure;
