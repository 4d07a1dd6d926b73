import { atOnce, inTurn, type Measure, ratio, timed } from '../figure.ts';

const runs = 200;
const width = 50;
const samples = 2;

/** Many small runs, so many of them at once. */
const measure: Measure = async ({ server, raw }) => {
  await server.apply('kind: Pipeline\nname: bench-many\njobs: [{ name: a, actions: [{ run: "true" }] }]\n');
  const perSecond = async (one: () => Promise<unknown>) =>
    (runs * 1000) / (await timed(() => atOnce(runs, width, one)));
  const both = await inTurn(
    samples,
    () => perSecond(() => server.complete('bench-many')),
    () => perSecond(() => raw.execute('one', 'true')),
  );
  return [ratio(`${runs} one-Job runs, ${width} at once`, 'runs/s', both.palvella, both.raw, 'at least', 0.5)];
};
export default measure;
