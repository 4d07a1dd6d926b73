import type { RunDetail } from '../../core/api/objects.ts';
import { absolute, type Measure, median } from '../figure.ts';

const jobs = 500;
const capacity = 4;
const samples = 5;
const commandSeconds = 0.5;

const pipelines = `kind: Pipeline
name: bench-many
parameters: [{ name: items, type: list }]
jobs:
  - name: each
    for_each: \${{ pipeline.parameters.items }}
    runs_on: { bench: fair }
    actions: [{ run: sleep ${commandSeconds} }]
---
kind: Pipeline
name: bench-other
jobs: [{ name: a, runs_on: { bench: fair }, actions: [{ run: 'true' }] }]
`;

/** How long the first Job of a Pipeline waits for a Worker that another keeps full, beside a turn of that other's. */
const measure: Measure = async ({ server }) => {
  await server.apply(pipelines);
  const worker = await server.addWorker(['--label', 'bench=fair', '--capacity', String(capacity)]);
  try {
    const many = await server.run('bench-many', { items: Array.from({ length: jobs }, (_, at) => at) });
    let seen = await server.read(many.id);
    while (seen.jobs.filter(({ wait }) => wait?.kind === 'worker').length < jobs * 0.9) {
      await new Promise((done) => setTimeout(done, 500));
      seen = await server.read(many.id);
    }
    const [from, before] = [Date.now(), ended(seen)];
    const waits: number[] = [];
    for (let sample = 0; sample < samples; sample++) {
      const other = await server.complete('bench-other');
      waits.push(Date.parse(other.jobs[0]?.actions[0]?.startedAt ?? '') - Date.parse(other.queuedAt));
    }
    const done = ended(await server.read(many.id)) - before;
    const turn = (Date.now() - from) / (done / capacity);
    await server.stopRun(many.id);
    const detail = { turn: Math.round(turn), slowest: Math.max(...waits), waitingJobs: jobs - before - done };
    return [
      absolute(
        `first Action behind ${jobs} Jobs of another Pipeline`,
        'ms',
        median(waits),
        'at most',
        2 * turn,
        detail,
      ),
    ];
  } finally {
    await worker.stop();
  }
};
export default measure;

function ended({ jobs }: RunDetail): number {
  return jobs.filter(({ status }) => status === 'succeeded').length;
}
