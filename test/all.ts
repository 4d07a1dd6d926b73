import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * `npm test`: every check of the house, then every test. The last line is `N passed, N failed`, where a check
 * counts as one test, and the exit status says the same.
 */
const root = join(import.meta.dirname, '..');
const results = join(root, 'dist/test-results.json');

const checks: readonly (readonly [name: string, ...command: string[]])[] = [
  ['build', 'npm', 'run', '--silent', 'build'],
  ['format', 'npm', 'run', '--silent', 'format:check'],
  ['lint', 'npm', 'run', '--silent', 'lint'],
  ['dead code', 'npm', 'run', '--silent', 'knip'],
  ['types', 'npm', 'run', '--silent', 'typecheck'],
];

let passed = 0;
let failed = 0;

for (const [name, file, ...args] of checks) {
  const status = await run(file as string, args);
  process.stdout.write(`${status === 0 ? 'passed' : 'FAILED'}: ${name}\n`);
  if (status === 0) passed += 1;
  else failed += 1;
}

// Made ready here, as no hook of a test would wait for a cluster to be built.
for (const [name, kind] of [
  ['Docker daemon', 'docker'],
  ['Kubernetes cluster', 'kubernetes'],
] as const) {
  const status = await run(join(root, 'test', kind, 'up'), [folderOf(kind)]);
  process.stdout.write(`${status === 0 ? 'passed' : 'FAILED'}: ${name}\n`);
  if (status === 0) passed += 1;
  else failed += 1;
}

rmSync(results, { force: true });
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${results}`];
const status = await run(join(root, 'node_modules/.bin/vitest'), ['run', ...reporters, ...process.argv.slice(2)]);
for (const kind of ['docker', 'kubernetes']) {
  // What tests share and leave running; where none was started there is nothing to stop.
  await run(join(root, 'test', kind, 'down'), [folderOf(kind)]);
}
const counts = readCounts();
passed += counts.numPassedTests;
failed += counts.numFailedTests + counts.skipped;
// A test file that could not even be loaded, or a rejection nobody caught, fails no test by itself.
if (status !== 0 && counts.numFailedTests === 0) failed += 1;

process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;

/** Where tests find it, see test/support. */
function folderOf(kind: string): string {
  return join(tmpdir(), `palvella-test-${kind}`);
}

/** A test that was skipped or left to do proves nothing, so it counts as failed. */
function readCounts(): { numPassedTests: number; numFailedTests: number; skipped: number } {
  try {
    const report = JSON.parse(readFileSync(results, 'utf8')) as Record<string, number>;
    const { numPassedTests = 0, numFailedTests = 0, numPendingTests = 0, numTodoTests = 0 } = report;
    return { numPassedTests, numFailedTests, skipped: numPendingTests + numTodoTests };
  } catch {
    return { numPassedTests: 0, numFailedTests: 0, skipped: 0 };
  }
}

function run(file: string, args: readonly string[]): Promise<number> {
  const child = spawn(file, args, { cwd: root, stdio: 'inherit' });
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('exit', (status) => done(status ?? 1));
  });
}
