import { execFile } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type StartedPalvella, startPalvella, temporaryFolder } from './palvella.ts';

const folder = temporaryFolder();
const flag = join(folder, 'flag');
let server: StartedPalvella;

beforeAll(async () => {
  server = await startPalvella();
  const file = join(folder, 'retry.yaml');
  writeFileSync(
    file,
    `name: breaks
parameters: [{ name: flag, type: string }]
jobs:
  - { name: first, actions: [{ run: 'echo "from the first"; echo n=5 > "$PALVELLA_OUTPUT"' }] }
  - name: second
    requires: [first]
    actions: [{ run: 'test -e "$FLAG" && echo "n is $N"', environ: { N: '\${{ job.first.output.n }}', FLAG: '\${{ pipeline.parameters.flag }}' } }]
`,
  );
  expect(await server.cli('apply', '-f', file)).toMatchObject({ status: 0 });
});
afterAll(async () => {
  await server?.stop();
  for (const path of [server.dataDir, folder]) rmSync(path, { recursive: true, force: true });
});

const told = (stdout: string) =>
  stdout
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.replace(/ in [\d.]+s/, '').replace(/ +/g, ' '));

const toldOf = (job: string, stdout: string) => told(stdout).filter((line) => line.startsWith(`${job} `));

test('a run that failed is told in order, and a retry takes over what succeeded and says so', async () => {
  const failed = await server.cli('run', 'breaks', '--follow', '-p', `flag=${flag}`);
  expect(failed.status).toBe(1);
  // Each Job is told in order; of two that end at nearly the same time either may come first.
  expect(toldOf('first', failed.stdout)).toEqual(['first | from the first', 'first # succeeded']);
  expect(toldOf('second', failed.stdout)).toEqual(['second # failed: run: The exit status is 1.']);
  expect(told(failed.stdout).at(-1)).toBe('breaks/1 failed: second: run: The exit status is 1.');
  writeFileSync(flag, '');
  const retried = await server.cli('retry', 'breaks/1', '--follow');
  expect(retried.status).toBe(0);
  expect(toldOf('first', retried.stdout)).toEqual(['first # succeeded (taken over from breaks/1)']);
  expect(toldOf('second', retried.stdout)).toEqual(['second | n is 5', 'second # succeeded']);
  expect(told(retried.stdout).at(-1)).toBe('breaks/2 succeeded');
  expect(await server.json('show', 'breaks/2')).toMatchObject({
    jobs: [{ name: 'first', output: { n: 5 } }, { name: 'second' }],
  });
});

test("Temporal's own command finds runs by what they are", async () => {
  const { temporal } = JSON.parse(readFileSync(join(server.dataDir, 'connection.json'), 'utf8')) as {
    temporal: string;
  };
  const list = async (query: string) => {
    const args = ['workflow', 'list', '--address', temporal, '--query', query, '--output', 'json'];
    return JSON.parse((await promisify(execFile)('temporal', args)).stdout) as { execution: { workflowId: string } }[];
  };
  const ids = async (query: string) => (await list(query)).map(({ execution }) => execution.workflowId).sort();
  await expect
    .poll(() => ids('PalvellaPipeline="breaks"'), { timeout: 10_000 })
    .toEqual(['run/breaks/1', 'run/breaks/2']);
  await expect.poll(() => ids('PalvellaStatus="failed"'), { timeout: 10_000 }).toEqual(['run/breaks/1']);
});
