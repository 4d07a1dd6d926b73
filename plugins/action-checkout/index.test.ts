import { execFileSync, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { contextFor } from '../../test/engine/action-context.ts';
import { assertAddress, assertRef } from './git.ts';
import { plugin } from './index.ts';
import { manifest } from './manifest.ts';

const checkout = async (input: object, settings: Record<string, string> = {}) => {
  const made = await contextFor({ settings });
  const outcome = await plugin.execute(made.context, manifest.input.parse(input));
  return { ...made, outcome };
};

describe('checkout of a folder', () => {
  let root: string;
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'palvella-source-'));
    await mkdir(join(root, 'stack/deep'), { recursive: true });
    await writeFile(join(root, 'stack/deep/main.tf'), 'source');
    await mkdir(join(root, '.palvella/worker'), { recursive: true });
    await writeFile(join(root, '.palvella/token'), 'secret');
    await symlink('/etc', join(root, 'way-out'));
  });
  afterAll(() => rm(root, { recursive: true, force: true }));

  test('copies it, from the source root', async () => {
    const { folder, outcome } = await checkout({ path: 'stack', to: 'here' }, { source_root: root });
    expect(outcome.status).toBe('succeeded');
    expect(await readFile(join(folder, 'here/deep/main.tf'), 'utf8')).toBe('source');
  });

  test("leaves the server's own data out", async () => {
    const { folder } = await checkout({ path: '.' }, { source_root: root, data_dir: join(root, '.palvella') });
    expect((await readdir(folder)).sort()).toEqual(['stack', 'way-out']);
  });

  test("gives nothing from within the server's own data, by whatever way it is named", async () => {
    const way = await mkdtemp(join(tmpdir(), 'palvella-way-'));
    onTestFinished(() => rm(way, { recursive: true, force: true }));
    await symlink(root, join(way, 'to'));
    for (const data_dir of [join(root, '.palvella'), join(way, 'to/.palvella')]) {
      for (const path of ['.palvella', '.palvella/worker']) {
        const settings = { source_root: root, data_dir };
        await expect(checkout({ path }, settings)).rejects.toMatchObject({ code: 'engine_refused' });
      }
      const { folder } = await checkout({ path: '.' }, { source_root: root, data_dir });
      expect((await readdir(folder)).sort()).toEqual(['stack', 'way-out']);
    }
  });

  test.each(['..', '/etc', 'way-out', 'stack/../..', 'none'])('does not leave the source root: %s', async (path) => {
    await expect(checkout({ path }, { source_root: root })).rejects.toMatchObject({ code: 'engine_refused' });
  });
});

describe('checkout of a repository', () => {
  let base: string;
  let authorization: string | undefined;
  let commit: string;
  let projects: string;
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://x');
    if (url.pathname.startsWith('/private')) {
      authorization = request.headers.authorization;
      if (authorization === undefined) {
        response.writeHead(401, { 'www-authenticate': 'Basic realm="private"' }).end();
        return;
      }
    }
    const backend = spawn('git', ['http-backend'], {
      env: {
        PATH: process.env['PATH'],
        GIT_PROJECT_ROOT: projects,
        GIT_HTTP_EXPORT_ALL: '1',
        PATH_INFO: url.pathname,
        QUERY_STRING: url.search.slice(1),
        REQUEST_METHOD: request.method,
        CONTENT_TYPE: request.headers['content-type'] ?? '',
        HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
        GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
      },
    });
    request.pipe(backend.stdin);
    const parts: Buffer[] = [];
    backend.stdout.on('data', (part: Buffer) => parts.push(part));
    backend.on('close', () => {
      const all = Buffer.concat(parts);
      const end = all.indexOf('\r\n\r\n');
      const headers = all
        .subarray(0, end)
        .toString()
        .split('\r\n')
        .map((line) => line.split(': ') as [string, string]);
      const status = Number(headers.find(([name]) => name === 'Status')?.[1].slice(0, 3) ?? 200);
      response.writeHead(status, Object.fromEntries(headers.filter(([name]) => name !== 'Status')));
      response.end(all.subarray(end + 4));
    });
  });

  beforeAll(async () => {
    projects = await mkdtemp(join(tmpdir(), 'palvella-git-'));
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], {
        cwd: join(projects, 'project'),
        encoding: 'utf8',
      }).trim();
    await mkdir(join(projects, 'project'));
    git('init', '-q', '-b', 'main');
    await writeFile(join(projects, 'project/file'), 'first');
    git('add', '.');
    git('commit', '-qm', 'first');
    commit = git('rev-parse', 'HEAD');
    git('tag', 'v1');
    await writeFile(join(projects, 'project/file'), 'second');
    git('commit', '-qam', 'second');
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    await symlink('project', join(projects, 'private'));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/project`;
  });
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await rm(projects, { recursive: true, force: true });
  });

  test('gives the default branch, with its commit as output', async () => {
    const { folder, outcome } = await checkout({ url: base });
    expect(outcome).toMatchObject({ status: 'succeeded', output: { commit: expect.stringMatching(/^[0-9a-f]{40}$/) } });
    expect(await readFile(join(folder, 'file'), 'utf8')).toBe('second');
  });

  test('gives a tag, a branch or a commit', async () => {
    for (const ref of ['v1', commit, commit.slice(0, 10)]) {
      const { folder, outcome } = await checkout({ url: base, ref, to: 'sub' });
      expect(outcome).toEqual({ status: 'succeeded', output: { commit } });
      expect(await readFile(join(folder, 'sub/file'), 'utf8')).toBe('first');
    }
    expect((await checkout({ url: base, ref: 'main' })).outcome.status).toBe('succeeded');
  });

  test('fails where there is no such ref or no such repository', async () => {
    expect((await checkout({ url: base, ref: 'none' })).outcome).toEqual({
      status: 'failed',
      reason: 'The repository has no none.',
    });
    expect((await checkout({ url: `${base}-none` })).outcome.status).toBe('failed');
  });

  test('sends the credential, and keeps it out of the log and the workspace', async () => {
    const url = base.replace('project', 'private');
    const { folder, said, outcome } = await checkout({ url, credential: 'token-of-mine' });
    expect(outcome.status).toBe('succeeded');
    expect(Buffer.from(authorization?.slice('Basic '.length) ?? '', 'base64').toString()).toBe(
      'x-access-token:token-of-mine',
    );
    expect(JSON.stringify(said)).not.toContain('token-of-mine');
    expect(await readFile(join(folder, '.git/config'), 'utf8')).not.toContain('token-of-mine');
  });

  test('sends the credential to no server that the first one redirects to', async () => {
    const seen: (string | undefined)[] = [];
    const other = createServer((request, response) => {
      seen.push(request.headers.authorization);
      server.emit('request', request, response);
    });
    const first = createServer((request, response) => {
      const { port } = other.address() as AddressInfo;
      response.writeHead(302, { location: `http://127.0.0.1:${port}${request.url}` }).end();
    });
    onTestFinished(() => {
      for (const each of [first, other]) each.close();
    });
    for (const each of [first, other]) await new Promise<void>((done) => each.listen(0, '127.0.0.1', done));
    const url = `http://127.0.0.1:${(first.address() as AddressInfo).port}/project`;
    const { outcome } = await checkout({ url, credential: 'token-of-mine' });
    expect(outcome.status).toBe('succeeded');
    expect(seen.length).toBeGreaterThan(1);
    expect(seen.every((authorization) => authorization === undefined)).toBe(true);
  });

  test.each([
    '/etc',
    'file:///etc',
    'ext::sh -c id',
    'fd::17',
    '--upload-pack=id',
    'https://u:p@example.com/x',
    'git://example.com/x',
    '-oProxyCommand=id@x:y',
    'ssh://-oProxyCommand=id/x',
  ])('the address %s is refused', (url) => {
    expect(() => assertAddress(url)).toThrow(expect.objectContaining({ code: 'address_refused' }));
  });
  test.each(['https://example.com/a.git', 'git@github.com:a/b.git', 'ssh://git@example.com:2222/a'])(
    '%s is an address',
    (url) => {
      expect(() => assertAddress(url)).not.toThrow();
    },
  );
  test.each(['--upload-pack=id', '-x', 'a..b', 'a:b', '+a', 'a b', '@{1}', 'a@{1}', ''])(
    'the ref %j is refused',
    (ref) => {
      expect(() => assertRef(ref)).toThrow(expect.objectContaining({ code: 'invalid_request' }));
    },
  );
});
