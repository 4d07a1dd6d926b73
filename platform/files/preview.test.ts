import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import type { Files } from './index.ts';
import { imageOf, previewFile } from './preview.ts';

/** The one file there is. */
function holding(bytes: Buffer): Files {
  const get: Files['get'] = async (_run, _key, range) =>
    await Promise.resolve({
      size: bytes.length,
      content: Readable.from([bytes.subarray(range?.start ?? 0, range?.end ?? bytes.length)]),
    });
  return { get } as Files;
}

const preview = (bytes: Buffer) => previewFile(holding(bytes), 'run', 'key');
const png = Buffer.from('89504e470d0a1a0a0000', 'hex');

test('a text is shown from its beginning, cut between characters', async () => {
  expect(await preview(Buffer.from('hello ü'))).toEqual({ kind: 'text', text: 'hello ü', isCut: false });
  expect(await preview(Buffer.alloc(0))).toEqual({ kind: 'text', text: '', isCut: false });
  const long = await preview(Buffer.from(`x${'ü'.repeat(200_000)}`));
  expect(long).toMatchObject({ kind: 'text', isCut: true });
  expect(long.text).toBe(`x${'ü'.repeat(131_071)}`);
});

test('what is no text is not shown as one', async () => {
  expect(await preview(Buffer.from([1, 0, 2]))).toMatchObject({ kind: 'none' });
  expect(await preview(Buffer.from([0xff, 0xfe, 0x41]))).toMatchObject({ kind: 'none' });
});

test('an image is what begins as one, whatever it is called; SVG and HTML are text', async () => {
  expect(await preview(png)).toMatchObject({ kind: 'image' });
  expect(await imageOf(holding(png), 'run', 'page.html')).toMatchObject({ type: 'image/png', size: 10 });
  for (const text of ['<svg onload="alert(1)"/>', '<html><script>1</script>', 'GIF']) {
    expect(await preview(Buffer.from(text))).toMatchObject({ kind: 'text', text });
    expect(await imageOf(holding(Buffer.from(text)), 'run', 'picture.png')).toBeUndefined();
  }
});
