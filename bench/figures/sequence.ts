import { inTurn, type Measure, ratio, timed } from '../figure.ts';

const count = 100;
const samples = 3;

/** Actions that run one after the other in one Job. */
const measure: Measure = async ({ server, raw }) => {
  const actions = Array.from({ length: count }, () => '      - run: "true"').join('\n');
  await server.apply(`kind: Pipeline\nname: bench-sequence\njobs:\n  - name: a\n    actions:\n${actions}\n`);
  const both = await inTurn(
    samples,
    () => timed(() => server.complete('bench-sequence')),
    () => timed(() => raw.execute('sequence', count)),
  );
  return [ratio(`${count} sequential run: true`, 'ms', both.palvella, both.raw, 'at most', 1.5)];
};
export default measure;
