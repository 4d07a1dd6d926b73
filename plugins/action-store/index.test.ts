import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { contextFor } from '../../test/engine/action-context.ts';
import { plugin } from './index.ts';

describe('store', () => {
  test('sends the file and gives its size and digest as output', async () => {
    const sent: [string, string][] = [];
    const put = async (key: string, content: NodeJS.ReadableStream) => {
      sent.push([key, await text(content as AsyncIterable<Buffer>)]);
      return { size: 4, sha256: 'digest' };
    };
    const { context, folder } = await contextFor({ files: { put, get: () => Promise.reject(new Error('no')) } });
    await writeFile(join(folder, 'tfplan'), 'plan');
    expect(await plugin.execute(context, { key: 'a/plan', path: 'tfplan' })).toEqual({
      status: 'succeeded',
      output: { key: 'a/plan', size: 4, sha256: 'digest' },
    });
    expect(sent).toEqual([['a/plan', 'plan']]);
  });

  test('a file that is not there is told by its name', async () => {
    const { context } = await contextFor();
    await expect(plugin.execute(context, { key: 'plan', path: 'none' })).rejects.toThrow('there is no file none');
  });
});
