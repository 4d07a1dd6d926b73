import { inTurn, type Measure, ratio } from '../figure.ts';

const samples = 15;

/** From the request to the first byte that the command prints, beside raw's request to the start of its activity. */
const measure: Measure = async ({ server, raw }) => {
  await server.apply(
    'kind: Pipeline\nname: bench-first\njobs: [{ name: a, actions: [{ name: now, run: "date +%s%N" }] }]\n',
  );
  const both = await inTurn(
    samples,
    async () => {
      const asked = now();
      const run = await server.complete('bench-first');
      const printed = await (await server.log(run.id, 'a', 'now')).text();
      return Number(printed.trim()) / 1e6 - asked;
    },
    async () => {
      const asked = now();
      return (await raw.execute('one', 'true')) - asked;
    },
  );
  return [ratio("trigger to the command's first byte", 'ms', both.palvella, both.raw, 'at most', 2)];
};
export default measure;

/** Unix time in milliseconds with a fraction, as `date +%s%N` has it. */
function now(): number {
  return performance.timeOrigin + performance.now();
}
