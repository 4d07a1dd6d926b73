import { inTurn, type Measure, ratio, timed } from '../figure.ts';

const count = 200;
const samples = 3;

/** Jobs of one Action that all start together. */
const measure: Measure = async ({ server, raw }) => {
  const jobs = Array.from({ length: count }, (_, at) => `  - { name: j${at}, actions: [{ run: "true" }] }`).join('\n');
  await server.apply(`kind: Pipeline\nname: bench-parallel\njobs:\n${jobs}\n`);
  const both = await inTurn(
    samples,
    () => timed(() => server.complete('bench-parallel')),
    () => timed(() => raw.execute('parallel', count)),
  );
  return [ratio(`${count} parallel Jobs`, 'ms', both.palvella, both.raw, 'at most', 2)];
};
export default measure;
