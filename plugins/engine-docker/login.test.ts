import { expect, test } from 'vitest';
import { loginFor } from './login.ts';
import { manifest } from './manifest.ts';

test('a password goes to the registry of the Engine’s image alone', async () => {
  const login = { username: 'robot', password: 'secret' };
  const settings = manifest.settings.parse({ image: 'registry.example/team/tool:1', login });
  expect(await loginFor('registry.example/other', settings)).toMatchObject(login);
  expect(await loginFor('postgres:17', settings)).toBeUndefined();
  expect(await loginFor('elsewhere.example/team/tool:1', settings)).toBeUndefined();
});
