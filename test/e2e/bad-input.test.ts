import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type StartedPalvella, startPalvella, temporaryFolder } from './palvella.ts';

let server: StartedPalvella;
const folder = temporaryFolder();

beforeAll(async () => {
  server = await startPalvella();
  expect(await server.cli('apply', '-f', 'examples/hello.yaml')).toMatchObject({ status: 0 });
});
afterAll(async () => {
  await server?.stop();
  rmSync(server.dataDir, { recursive: true, force: true });
});

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const good = 'kind: Pipeline\nname: good\njobs:\n  - name: a\n    actions: [{ run: "true" }]\n';

describe('a file that is wrong is refused whole', () => {
  test('several faults at once, each with its place and remedy, and nothing is saved', async () => {
    const path = file(
      'bad.yaml',
      `${good}---\nkind: Pipeline\nname: bad\njobs:\n  - name: a\n    requires: [nobody]\n    actions: [{ run: "echo \${{ pipeline.parameters.x }}" }]\n  - name: b\n    colour: red\n    actions: [{ run: "true" }]\n`,
    );
    for (const args of [
      ['apply', '-f', path],
      ['validate', path],
    ]) {
      const refused = await server.cli(...args);
      expect(refused.status).toBe(2);
      const lines = refused.stderr.trimEnd().split('\n');
      expect(lines.length).toBeGreaterThanOrEqual(3);
      for (const line of lines) expect(line).toMatch(/bad\.yaml:\d+:\d+ /);
    }
    expect((await server.cli('get', 'Pipeline', 'good')).status).toBe(2);
  });

  test.each([
    ['no YAML', 'kind: [Pipeline'],
    ['two of one name', `${good}---\n${good}`],
    [
      'a ring',
      'kind: Pipeline\nname: ring\njobs:\n  - { name: a, requires: [b], actions: [{ run: "true" }] }\n  - { name: b, requires: [a], actions: [{ run: "true" }] }\n',
    ],
    ['what nothing executes yet', 'kind: Job\nname: asked\nactions: [{ run: "true", reconcile: x }]\n'],
    [
      'an alias bomb',
      `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghij'
        .split('')
        .map((name, at) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghij'[at]}`).join(',')}]`)
        .join('\n')}\n`,
    ],
    ['ten megabytes', `${good}# ${'x'.repeat(10 * 1024 * 1024)}\n`],
  ])('%s', async (_, content) => {
    const before = server.cpuMs('web');
    const refused = await server.cli('apply', '-f', file('one.yaml', content));
    expect(refused).toMatchObject({ status: 2, stdout: '' });
    expect(refused.stderr).not.toBe('');
    expect(server.cpuMs('web') - before).toBeLessThan(5_000);
  });

  test('an exponential pattern runs in linear time or is refused', async () => {
    const path = file(
      'pattern.yaml',
      `kind: Pipeline\nname: pattern\njobs:\n  - name: a\n    actions:\n      - run: printf '%s!' ${'a'.repeat(2000)}\n      - { match: '(a+)+$', on_failure: continue success }\n`,
    );
    expect((await server.cli('apply', '-f', path)).status).toBe(0);
    const spent = () => server.cpuMs('control') + server.cpuMs('engine');
    const before = spent();
    await server.cli('run', 'pattern', '--follow');
    expect(spent() - before).toBeLessThan(10_000);
  });
});

describe('a run that is wrong is refused with what is right', () => {
  test.each([
    ['an unknown Pipeline', ['run', 'helo'], /hello/],
    ['an unknown parameter', ['run', 'hello', '-p', 'who=x'], /whom/],
    ['a value that is too large', ['run', 'hello', '-p', `whom=${'x'.repeat(100_000)}`], /large|long|bytes/i],
    ['no pair', ['run', 'hello', '-p', 'whom'], /name=value/],
    ['an unknown run', ['show', 'hello/999'], /hello\/999/],
    ['an unknown kind', ['get', 'Thing', 'x'], /Pipeline, Job/],
    ['nothing to approve', ['approve'], /No approval is pending/],
  ])('%s', async (_, args, words) => {
    const refused = await server.cli(...args);
    expect(refused).toMatchObject({ status: 2, stdout: '' });
    expect(refused.stderr).toMatch(words);
  });

  test('a value of another type, and one that is missing', async () => {
    const path = file(
      'typed.yaml',
      'kind: Pipeline\nname: typed\nparameters: [{ name: count, type: number }]\njobs: [{ name: a, actions: [{ run: "true" }] }]\n',
    );
    expect((await server.cli('apply', '-f', path)).status).toBe(0);
    expect(await server.cli('run', 'typed', '-p', 'count=many')).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/count.*number/),
    });
    expect(await server.cli('run', 'typed')).toMatchObject({ status: 2, stderr: expect.stringMatching(/count/) });
    expect(await server.json<unknown[]>('runs', '--pipeline', 'typed')).toEqual([]);
  });
});
