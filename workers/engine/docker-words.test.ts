import { expect, test } from 'vitest';
import { inDockerWords } from './docker-words.ts';

test.each([
  [
    { os: 'linux', arch: 'x64' },
    { os: 'linux', arch: 'amd64' },
  ],
  [
    { os: 'win32', arch: 'arm64' },
    { os: 'windows', arch: 'arm64' },
  ],
  [
    { os: 'darwin', arch: 'ia32' },
    { os: 'darwin', arch: '386' },
  ],
])('%o', (host, words) => {
  expect(inDockerWords(host)).toEqual(words);
});
