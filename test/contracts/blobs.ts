import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Blobs } from '../../platform/blobs/index.ts';

/** What every storage must do; `open` makes an empty one, `close` removes it. */
export function blobsContract(name: string, open: () => Promise<{ blobs: Blobs; close(): Promise<void> }>): void {
  describe(name, () => {
    let blobs: Blobs;
    let close: () => Promise<void>;
    beforeAll(async () => {
      ({ blobs, close } = await open());
    });
    afterAll(() => close());

    async function* parts(...all: Uint8Array[]): AsyncGenerator<Uint8Array> {
      yield* all;
    }
    const put = async (content: Uint8Array, at = randomUUID()) => {
      await blobs.put(at, parts(content));
      return at;
    };
    const read = async (at: string, range?: { start: number; end?: number }) => buffer(await blobs.get(at, range));

    test('gives back what was put, and says its size and digest', async () => {
      const content = randomBytes(300_000);
      const at = randomUUID();
      const stored = await blobs.put(at, parts(content.subarray(0, 7), content.subarray(7)));
      expect(stored).toEqual({ size: 300_000, sha256: createHash('sha256').update(content).digest('hex') });
      expect(await read(at)).toEqual(content);
      expect(await blobs.size(at)).toBe(300_000);
    });

    test('holds nothing at all, too', async () => {
      const at = await put(Buffer.alloc(0));
      expect(await read(at)).toEqual(Buffer.alloc(0));
      expect(await read(at, { start: 0, end: 10 })).toEqual(Buffer.alloc(0));
      expect(await blobs.size(at)).toBe(0);
    });

    test('reads a range: from its start up to its end, as far as there is content', async () => {
      const at = await put(Buffer.from('0123456789'));
      const text = async (start: number, end?: number) =>
        (await read(at, end === undefined ? { start } : { start, end })).toString();
      expect(await text(3, 6)).toBe('345');
      expect(await text(7)).toBe('789');
      expect(await text(8, 99)).toBe('89');
      expect(await text(4, 4)).toBe('');
      expect(await text(10, 12)).toBe('');
    });

    test('a name put again has the new content, whole', async () => {
      const at = await put(randomBytes(5_000));
      await put(Buffer.from('short'), at);
      expect((await read(at)).toString()).toBe('short');
    });

    test('content that breaks off leaves nothing behind, and what was there stays', async () => {
      async function* broken(): AsyncGenerator<Uint8Array> {
        yield randomBytes(100_000);
        throw new Error('the sender is gone');
      }
      const at = randomUUID();
      await expect(blobs.put(at, broken())).rejects.toThrow('the sender is gone');
      await expect(blobs.get(at)).rejects.toMatchObject({ code: 'not_found' });
      await put(Buffer.from('before'), at);
      await expect(blobs.put(at, broken())).rejects.toThrow('the sender is gone');
      expect((await read(at)).toString()).toBe('before');
    });

    test('is not there before it is there whole', async () => {
      const at = randomUUID();
      const halfway = Promise.withResolvers<void>();
      const goOn = Promise.withResolvers<void>();
      async function* slow(): AsyncGenerator<Uint8Array> {
        yield Buffer.from('half');
        halfway.resolve();
        await goOn.promise;
        yield Buffer.from('whole');
      }
      const putting = blobs.put(at, slow());
      await halfway.promise;
      await expect(blobs.get(at)).rejects.toMatchObject({ code: 'not_found' });
      goOn.resolve();
      await putting;
      expect((await read(at)).toString()).toBe('halfwhole');
    });

    test('two who put one name at a time leave the content of one of them', async () => {
      const at = randomUUID();
      const [a, b] = [Buffer.alloc(200_000, 'a'), Buffer.alloc(200_000, 'b')];
      await Promise.all([blobs.put(at, parts(a)), blobs.put(at, parts(b))]);
      const content = await read(at);
      expect([a, b].some((one) => one.equals(content))).toBe(true);
    });

    test('removes, again and where there is nothing', async () => {
      const at = await put(Buffer.from('x'));
      await blobs.remove(at);
      await blobs.remove(at);
      await blobs.remove(randomUUID());
      await expect(blobs.get(at)).rejects.toMatchObject({ code: 'not_found' });
      await expect(blobs.size(at)).rejects.toMatchObject({ code: 'not_found' });
    });

    test.each(['', '.', '..', '../x', 'a/b', '/etc/passwd', 'a\0b', 'A', '%2e%2e', '-x', 'x'.repeat(101)])(
      'refuses the name %j',
      async (at) => {
        await expect(blobs.put(at, parts(Buffer.from('x')))).rejects.toThrow();
        await expect(blobs.get(at)).rejects.toThrow();
      },
    );
  });
}
