import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { outcome, type StartedPalvella, startPalvella, temporaryFolder } from './palvella.ts';

export interface Containers {
  /** Of the server's process. */
  env(): Promise<NodeJS.ProcessEnv>;
  /** What there is at the daemon or in the cluster that carries the label of this run. */
  left(runId: string): Promise<string>;
  /** Its file, but for kind and name, where an Engine that stands in a Pipeline may not say enough. */
  engine?: string;
}

const example = readFileSync(join(import.meta.dirname, '../../examples/alpine-container.yaml'), 'utf8');

/** Jobs at once of which nothing may be left. */
const many = 20;

const pipelines = (engine: string, fields: string) => `kind: Pipeline
name: counts
jobs:
  - name: count
    engine: ${engine}
    actions:
      - name: lines
        run: |
          echo started >> starts
          i=1; while [ $i -le 80 ]; do echo "line $i"; i=$((i+1)); sleep 0.1; done
          exit 3
        success_exit_status: [3]
      - name: starts
        run: cat starts
---
kind: Pipeline
name: waits
jobs:
  - { name: a, engine: ${engine}, actions: [{ run: 'echo begun; sleep 1000' }] }
  - { name: b, engine: ${engine}, actions: [{ run: 'trap "" TERM; echo begun; while :; do sleep 1; done' }], timeout: 10s }
---
kind: Pipeline
name: many
jobs:
  - name: each
    for_each: [${Array.from({ length: many }, (_, at) => at).join(', ')}]
    engine: ${engine}
    actions: [{ run: 'echo begun; sleep 1000' }]
---
kind: Job
name: sign-in
params: [{ name: account, type: string }]
actions:
  - name: key
    run: |
      umask 077; printf %s "$KEY" > "$PWD/key.json"
      echo "environ={\\"GOOGLE_APPLICATION_CREDENTIALS\\":\\"$PWD/key.json\\",\\"ACCOUNT\\":\\"$ACCOUNT\\"}" >> "$PALVELLA_OUTPUT"
    environ: { ACCOUNT: '\${{ job.self.params.account }}' }
---
kind: Job
name: sign-out
actions: [{ name: forget, run: 'rm "$GOOGLE_APPLICATION_CREDENTIALS"; echo signed out of $ACCOUNT' }]
---
kind: Engine
name: signed-in
${fields}
environ: { KEY: the-key }
setup: { job: sign-in, args: { account: robot } }
teardown: { job: sign-out }
---
kind: Pipeline
name: uses-key
jobs:
  - name: a
    engine: signed-in
    actions: [{ name: use, run: 'cat "$GOOGLE_APPLICATION_CREDENTIALS"; echo " of $ACCOUNT"; exit 5' }]
`;

/** Use case 3, and what a Worker's kill, a stop and a termination leave behind, on an Engine of containers. */
export function containersEndToEnd(engineType: string, containers: Containers): void {
  describe(`on ${engineType}`, () => {
    const told: string[] = [];
    const slack = createServer((request, answer) => {
      void text(request).then((body) => {
        told.push((JSON.parse(body) as { text: string }).text);
        answer.end('ok');
      });
    });
    let server: StartedPalvella;

    beforeAll(async () => {
      slack.listen(0, '127.0.0.1');
      const env = {
        ...(await containers.env()),
        PALVELLA_SLACK_URL: `http://127.0.0.1:${(slack.address() as AddressInfo).port}/`,
        PALVELLA_ALLOWED_ADDRESSES: '127.0.0.1',
      };
      server = await startPalvella({ env });
      const folder = temporaryFolder();
      const { engine } = containers;
      const usual = `type: ${engineType}
image: alpine:latest
pull: never
`;
      const inline = engine === undefined ? `{ type: ${engineType}, image: 'alpine:latest', pull: never }` : 'own';
      const own =
        engine === undefined
          ? ''
          : `---
kind: Engine
name: own
${engine}`;
      writeFileSync(join(folder, 'pipelines.yaml'), pipelines(inline, engine ?? usual) + own);
      const name = engine === undefined ? engineType : 'own';
      const onEngine = example.replace(
        'type: container',
        `engine: ${name}
    type: container`,
      );
      writeFileSync(join(folder, 'example.yaml'), engineType === 'docker' ? example : onEngine);
      for (const file of ['pipelines.yaml', 'example.yaml']) {
        expect(await server.cli('apply', '-f', join(folder, file))).toMatchObject({ status: 0 });
      }
    });
    afterAll(async () => {
      slack.close();
      await server?.stop();
      rmSync(server.dataDir, { recursive: true, force: true });
    });

    test('the version matches: the run ends well and nobody is told', async () => {
      const run = await server.cli('run', 'alpine-container', '--follow');
      expect(run.status).toBe(0);
      expect(run.stdout).toContain('VERSION_ID=3.18.0');
      expect(told).toEqual([]);
    });

    test('the version does not match: the run fails and Slack is told', async () => {
      const run = await server.cli('run', 'alpine-container', '--follow', '-p', 'expected=3.19.0');
      expect(run.status).toBe(1);
      expect(run.stdout).toContain('not 3.19.0');
      expect(told).toEqual(['Alpine version check did not match 3.19.0']);
    });

    test('kill -9 of the Worker while a command prints: it runs once, and its log and exit status are whole', async () => {
      const child = server.spawn('run', 'counts', '--follow');
      const ended = outcome(child);
      let printed = '';
      child.stdout?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
      await expect.poll(() => printed, { timeout: 60_000 }).toContain('line 10');
      process.kill(server.pid('engine'), 'SIGKILL');
      expect((await ended).status).toBe(0);
      const run = /^(counts\/\d+)/.exec(printed)?.[1] as string;
      const log = await server.cli('logs', run, '--job', 'count', '--action', 'lines');
      expect(log.stdout.trimEnd().split('\n')).toEqual(Array.from({ length: 80 }, (_, at) => `line ${at + 1}`));
      const starts = await server.cli('logs', run, '--job', 'count', '--action', 'starts');
      expect(starts.stdout).toBe('started\n');
    });

    test('a timeout and a stop end the containers, also one that does not want to', async () => {
      const run = await server.json<{ id: string; pipeline: string; number: number }>('run', 'waits');
      const name = `${run.pipeline}/${run.number}`;
      await expect
        .poll(async () => (await server.cli('logs', name)).stdout.match(/begun/g)?.length, { timeout: 60_000 })
        .toBe(2);
      expect(await containers.left(run.id)).not.toBe('');
      await expect
        .poll(async () => (await server.cli('show', name)).stdout, { timeout: 60_000 })
        .toContain('timed_out');
      expect(await server.cli('stop', name)).toMatchObject({ status: 0 });
      expect((await server.cli('wait', name)).status).toBe(1);
      await expect.poll(() => containers.left(run.id), { timeout: 60_000 }).toBe('');
    });

    test('an Engine signs in before a Job and out after it, also after a failure', async () => {
      const run = await server.cli('run', 'uses-key', '--follow');
      expect(run.status).toBe(1);
      expect(run.stdout).toContain('the-key of robot');
      expect(run.stdout).toContain('signed out of robot');
    });

    test(`nothing is left of ${many} Jobs of a run that was terminated in Temporal`, async () => {
      const run = await server.json<{ id: string; pipeline: string; number: number }>('run', 'many');
      const name = `${run.pipeline}/${run.number}`;
      const begun = async () => (await server.cli('logs', name)).stdout.match(/begun/g)?.length;
      await expect.poll(begun, { timeout: 90_000, interval: 500 }).toBe(many);
      expect(await containers.left(run.id)).not.toBe('');
      await server.terminate(`run/${name}`);
      await expect.poll(() => containers.left(run.id), { timeout: 150_000, interval: 1_000 }).toBe('');
    }, 300_000);
  });
}
