import { expect, test } from 'vitest';
import { registryOf } from '../../core/registry.ts';
import { containerSpec } from './container-spec.ts';
import { assertIsolated } from './isolation.ts';
import { manifest } from './manifest.ts';
import { containerName } from './names.ts';

const job = { runId: 'r', jobPath: 'build/unit[0]', jobAttempt: 1 };
const settingsOf = (given: object) => manifest.settings.parse({ image: 'debian:bookworm', ...given });
const specOf = (given: object) => containerSpec(job, settingsOf(given), 'name', { a: 'b' }, undefined);

test('a container has one volume of the Job’s, and by default nothing of the host', () => {
  const { HostConfig: host } = specOf({});
  expect(host?.Mounts).toHaveLength(1);
  expect(host?.Mounts?.[0]).toMatchObject({ Type: 'volume', Target: '/palvella' });
  for (const power of ['Privileged', 'PidMode', 'NetworkMode', 'CapAdd', 'Devices', 'Binds']) {
    expect(host).not.toHaveProperty(power);
  }
});

test.each([
  ['512k', 512 * 1024],
  ['512m', 512 * 1024 ** 2],
  ['2G', 2 * 1024 ** 3],
  ['2gb', 2 * 1024 ** 3],
  ['4096', 4096],
])('memory %s is %i bytes, with no swap beside it', (memory, bytes) => {
  expect(specOf({ memory }).HostConfig).toMatchObject({ Memory: bytes, MemorySwap: bytes });
});

test('an Engine that differs only in what is no matter of the container shares it', () => {
  const name = (given: object) => containerName(job, settingsOf(given));
  const same = [{ environ: { A: '1' } }, { shell: ['bash', '-c'] }, { login: { username: 'a' } }, { pull: 'always' }];
  for (const one of same) expect(name(one)).toBe(name({}));
  for (const one of [{ image: 'other' }, { memory: '1g' }, { user: '1' }]) expect(name(one)).not.toBe(name({}));
});

test.each([
  ['alpine', 'docker.io'],
  ['library/alpine:3', 'docker.io'],
  ['localhost/tool', 'localhost'],
  ['127.0.0.1:5000/tool', '127.0.0.1:5000'],
  ['registry.example/team/tool@sha256:0', 'registry.example'],
])('the registry of %s is %s', (image, registry) => {
  expect(registryOf(image)).toBe(registry);
});

test.each(['data', 'data-1', 'a.b_c'])('%s is a volume, not a directory', (name) => {
  expect(() => assertIsolated(settingsOf({ volumes: [{ name, path: '/x' }] }))).not.toThrow();
});
