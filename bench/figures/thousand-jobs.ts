import { absolute, type Measure, timed } from '../figure.ts';

const jobs = 1000;
const actions = 5;

/** A large Pipeline ends, and no history of it grows past Temporal's warning. */
const measure: Measure = async ({ server, raw }) => {
  const five = Array.from({ length: actions }, () => '{ run: "true" }').join(', ');
  const list = Array.from({ length: jobs }, (_, at) => `  - { name: j${at}, actions: [${five}] }`).join('\n');
  await server.apply(`kind: Pipeline\nname: bench-thousand\njobs:\n${list}\n`);
  let number = 0;
  const ms = await timed(async () => {
    const run = await server.complete('bench-thousand');
    number = run.number;
    if (run.jobs.filter(({ status }) => status === 'succeeded').length < jobs)
      throw new Error('not every Job succeeded');
  });
  const longest = await raw.longestHistory(`run/bench-thousand/${number}`);
  return [
    absolute(`${jobs} Jobs of ${actions} Actions, longest history`, 'events', longest, 'at most', 10_240, {
      seconds: Math.round(ms / 1000),
    }),
  ];
};
export default measure;
