import { Command } from 'commander';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { workerCommand } from './worker.ts';

const given = { PALVELLA_URL: 'http://localhost:1', TEMPORAL_ADDRESS: 'localhost:2', PALVELLA_WORKER_TOKEN: 'plv_x' };
beforeEach(() => vi.stubEnv('PALVELLA_DATA_DIR', '/nowhere'));
afterEach(() => vi.unstubAllEnvs());

test.each([
  ['PALVELLA_URL', "Give Palvella's address with --url, as https://palvella.example."],
  ['TEMPORAL_ADDRESS', "Give Temporal's address with --temporal, as temporal.example:7233."],
  [
    'PALVELLA_WORKER_TOKEN',
    'Make a token with palvella token create NAME --kind worker, and put it into this variable.',
  ],
])('%s is missing: which it is and how to give it', async (missing, remedy) => {
  for (const absent of [undefined, '']) {
    for (const [name, value] of Object.entries(given)) vi.stubEnv(name, name === missing ? absent : value);
    const program = new Command();
    workerCommand(program);
    await expect(program.parseAsync(['worker'], { from: 'user' })).rejects.toMatchObject({
      exitStatus: 2,
      message: `${missing} is not set. ${remedy}`,
    });
  }
});
