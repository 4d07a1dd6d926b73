import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { docker, dockerForTests } from '../../test/support/docker.ts';
import { absolute, inTurn, type Measure, median, ratio, timed } from '../figure.ts';
import type { StartedServer } from '../server.ts';

const samples = 9;
const actions = 6;
const megabytes = 100;
const engine = `{ type: docker, image: 'alpine:latest', pull: never }`;
const bytes = megabytes * 1024 * 1024;

const pipelines = `kind: Pipeline
name: bench-docker
jobs: [{ name: a, engine: ${engine}, actions: [{ name: only, run: echo hi }] }]
---
kind: Pipeline
name: bench-docker-many
jobs:
  - name: a
    engine: ${engine}
    actions: [${Array.from({ length: actions }, (_, at) => `{ name: a${at}, run: echo hi }`).join(', ')}]
---
kind: Pipeline
name: bench-docker-log
jobs:
  - name: a
    engine: ${engine}
    actions:
      - { name: first, run: 'true' }
      - { name: log, run: 'yes $(head -c 99 /dev/zero | tr "\\0" x) | head -c ${bytes} || true' }
`;

/** Docker Actions beside the docker command. */
const measure: Measure = async ({ server }) => {
  const host = await dockerForTests();
  process.env['DOCKER_HOST'] = host;
  await server.apply(pipelines);
  const worker = await server.addWorker(['--engine', 'docker']);
  const kept = await docker(host, 'run', '-d', 'alpine:latest', 'sleep', '3600');
  const run = (args: string[]) => timed(() => promisify(execFile)('docker', args));
  try {
    const first = await inTurn(
      samples,
      () => timed(() => server.complete('bench-docker')),
      () => run(['run', '--rm', 'alpine:latest', 'sh', '-c', 'echo hi']),
    );
    const next = await inTurn(
      samples,
      () => perAction(server),
      () => run(['exec', kept, 'sh', '-c', 'echo hi']),
    );
    const log = await server.complete('bench-docker-log');
    const [, action] = log.jobs[0]?.actions ?? [];
    const seconds = (Date.parse(action?.endedAt ?? '') - Date.parse(action?.startedAt ?? '')) / 1000;
    const stored = (await (await server.log(log.id, 'a', 'log')).text()).length;
    return [
      ratio('run of one Docker Action, beside docker run', 'ms', first.palvella, first.raw, 'at most', 1.3),
      ratio('next Docker Action of a Job, beside docker exec', 'ms', next.palvella, next.raw, 'at most', 1.3),
      absolute(`log of ${megabytes} MB through Docker`, 'MB/s', megabytes / seconds, 'at least', 25, {
        missing: bytes - stored,
      }),
    ];
  } finally {
    await worker.stop();
    await docker(host, 'rm', '-f', kept);
  }
};
export default measure;

/** Milliseconds from the end of one Action to the end of the next. */
async function perAction(server: StartedServer): Promise<number> {
  const { jobs } = await server.complete('bench-docker-many');
  const ends = (jobs[0]?.actions ?? []).map(({ endedAt }) => Date.parse(endedAt ?? ''));
  return median(ends.slice(1).map((end, at) => end - (ends[at] ?? 0)));
}
