import { type Figure, inTurn, type Measure, ratio, timed } from '../figure.ts';

const samples = 15;

/** A run of one Action, from the request to its end. */
const measure: Measure = async ({ server, raw }) => {
  await server.apply('kind: Pipeline\nname: bench-one\njobs: [{ name: a, actions: [{ run: "true" }] }]\n');
  const both = await inTurn(
    samples,
    () => timed(() => server.complete('bench-one')),
    () => timed(() => raw.execute('one', 'true')),
  );
  return [ratio('one-action run, trigger to finished', 'ms', both.palvella, both.raw, 'at most', 2)] satisfies Figure[];
};
export default measure;
