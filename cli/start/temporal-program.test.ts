import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { temporalProgram } from './temporal-program.ts';

let home: string;
let server: Server | undefined;
const said: string[] = [];
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'palvella-program-'));
  // What unpacks the archive; nothing else of this machine is on the path.
  mkdirSync(join(home, 'tools'));
  for (const tool of ['tar', 'gzip', 'mkdir', 'cat']) {
    const path = execFileSync('sh', ['-c', `command -v ${tool}`], { encoding: 'utf8' }).trim();
    program(join(home, 'tools'), tool, `exec ${path} "$@"`);
  }
});
afterEach(() => {
  server?.close();
  server = undefined;
  rmSync(home, { recursive: true });
  said.length = 0;
});

function program(folder: string, name: string, text: string): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), `#!/bin/sh\n${text}\n`);
  chmodSync(join(folder, name), 0o755);
  return join(folder, name);
}

function get(service = 'http://127.0.0.1:9', more: NodeJS.ProcessEnv = {}): Promise<string> {
  const env = { HOME: home, PATH: join(home, 'tools'), ...more };
  return temporalProgram({ env, service, say: (text) => said.push(text), spawned: () => {} });
}

test('what is on the path comes first, then what Go has installed', async () => {
  mkdirSync(join(home, 'tools/temporal'));
  const byGo = program(join(home, 'go/bin'), 'temporal', '');
  expect(await get()).toBe(byGo);
  rmSync(join(home, 'tools/temporal'), { recursive: true });
  const onPath = program(join(home, 'tools'), 'temporal', '');
  expect(await get()).toBe(onPath);
});

test('what a folder that one stands in calls Temporal is not run', async () => {
  const byCache = program(join(home, '.cache/palvella/temporal-1.5.1'), 'temporal', '');
  const at = relative('.', mkdtempSync(join(home, 'checkout-')));
  program(join(at, 'palvella/temporal-1.5.1'), 'temporal', '');
  expect(await get(undefined, { XDG_CACHE_HOME: at })).toBe(byCache);
});

test('downloaded once, and whole', async () => {
  program(join(home, 'archive'), 'temporal', 'echo downloaded');
  execFileSync('tar', ['-czf', join(home, 'a.tar.gz'), '-C', join(home, 'archive'), 'temporal']);
  const asked: string[] = [];
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const at = `http://${request.headers.host}`;
    if (request.url === '/archive') response.end(readFileSync(join(home, 'a.tar.gz')));
    else response.end(JSON.stringify({ archiveUrl: `${at}/archive`, fileToExtract: 'temporal' }));
  }).listen(0, '127.0.0.1');
  await new Promise((done) => server?.once('listening', done));
  const service = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const path = await get(service);
  expect(execFileSync(path, { encoding: 'utf8' })).toBe('downloaded\n');
  expect(await get(service)).toBe(path);
  expect(asked).toEqual([expect.stringMatching(/^\/cli\/v1\.5\.1\?arch=\w+&platform=\w+&format=tar\.gz$/), '/archive']);
  expect(readdirSync(join(home, '.cache/palvella'))).toEqual(['temporal-1.5.1']);
});

test('built with Go where nothing can be downloaded', async () => {
  const bin = join(home, 'elsewhere/bin');
  program(
    join(home, 'tools'),
    'go',
    `if [ "$1" = env ]; then printf '%s\\n/unused\\n' ${bin}; exit; fi
mkdir -p ${bin}; echo "$2" > ${bin}/temporal`,
  );
  expect(await get()).toBe(join(bin, 'temporal'));
  expect(readFileSync(join(bin, 'temporal'), 'utf8')).toBe('github.com/temporalio/cli/cmd/temporal@v1.5.1\n');
  expect(said).toEqual([expect.stringContaining('building Temporal'), expect.stringContaining('is built')]);
});

test('nothing of all that: one line with every reason and what to do, status 2', async () => {
  await expect(get()).rejects.toMatchObject({
    exitStatus: 2,
    message: expect.stringMatching(
      /^Temporal cannot be had: the download did not succeed \(.+\); Go is not installed.*TEMPORAL_ADDRESS/,
    ),
  });
  program(join(home, 'tools'), 'go', '[ "$1" = env ] && exec cat /dev/null; echo "no such module" >&2; exit 1');
  await expect(get()).rejects.toThrow('go install did not succeed (no such module)');
});
