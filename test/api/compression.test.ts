import { beforeAll, expect, test } from 'vitest';
import { createSetting, type Setting } from './setting.ts';

let at: Setting;
beforeAll(async () => {
  at = await createSetting({ temporal: false });
});

const ask = (path: string, encoding: string) =>
  at.request(`/api/v1${path}`, { headers: { authorization: `Bearer ${at.token}`, 'accept-encoding': encoding } });

test('what is long goes compressed to whoever takes it so, and is the same', async () => {
  const [plain, packed] = [await ask('/openapi.json', 'identity'), await ask('/openapi.json', 'gzip')];
  expect(plain.headers.get('content-encoding')).toBeNull();
  expect(packed.headers.get('content-encoding')).toBe('gzip');
  const [text, bytes] = [await plain.text(), await packed.arrayBuffer()];
  expect(bytes.byteLength).toBeLessThan(text.length / 4);
  const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  expect(await new Response(unpacked).text()).toBe(text);
});

test('what is short goes as it is, with its length', async () => {
  const answer = await ask('/session', 'gzip');
  expect(answer.headers.get('content-encoding')).toBeNull();
  expect(answer.headers.get('content-length')).toBe(String((await answer.text()).length));
});
