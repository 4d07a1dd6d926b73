import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { actionOf, commandOf, type EngineUnderTest, finish, newJob, readText, runOnce } from './engine-harness.ts';

/** The files of a Job. */
export function workspaceContract(under: () => EngineUnderTest): void {
  test('Actions of a Job share a workspace, Jobs do not', async () => {
    const job = newJob();
    await runOnce(under(), job, 'echo kept > file');
    expect((await runOnce(under(), job, 'cat file')).stdout).toBe('kept\n');
    expect((await runOnce(under(), newJob(), 'ls')).stdout).toBe('');
  });

  test('a directory is relative to the workspace and may not leave it', async () => {
    const job = newJob();
    await runOnce(under(), job, 'mkdir -p deep/er');
    const inside = { ...commandOf(actionOf(job, 'inside'), 'basename $PWD'), directory: 'deep/er' };
    expect((await finish(await under().engine.start(inside))).stdout).toBe('er\n');
    const outside = { ...commandOf(actionOf(job, 'outside'), 'pwd'), directory: '../..' };
    await expect(under().engine.start(outside)).rejects.toMatchObject({ code: 'engine_refused' });
  });

  test('files go into the workspace and come back', async () => {
    const job = newJob();
    const workspace = await under().engine.prepare({ key: job, settings: under().settings });
    await workspace.write('deep/file.txt', Readable.from(['content']));
    expect((await runOnce(under(), job, 'cat deep/file.txt')).stdout).toBe('content');
    expect(await readText(await workspace.read('deep/file.txt'))).toBe('content');
  });

  test.each(['../outside', '/etc/hostname', 'a/../../b', 'nul\0byte', 'link', 'folder/hostname'])(
    'a path may not leave the workspace: %j',
    async (path) => {
      const job = newJob();
      await runOnce(under(), job, 'ln -s /etc/hostname link; ln -s /etc folder');
      const workspace = await under().engine.prepare({ key: job, settings: under().settings });
      await expect(workspace.read(path)).rejects.toMatchObject({ code: 'engine_refused' });
      await expect(workspace.write(path, Readable.from(['x']))).rejects.toMatchObject({ code: 'engine_refused' });
    },
  );

  test('a pipe in the workspace is refused, not waited for', async () => {
    const job = newJob();
    await runOnce(under(), job, 'mkfifo pipe read; cat <>read >/dev/null &');
    const workspace = await under().engine.prepare({ key: job, settings: under().settings });
    await expect(workspace.read('pipe')).rejects.toMatchObject({ code: 'engine_refused' });
    for (const pipe of ['pipe', 'read']) {
      await expect(workspace.write(pipe, Readable.from(['x']))).rejects.toMatchObject({ code: 'engine_refused' });
    }
  });
}
