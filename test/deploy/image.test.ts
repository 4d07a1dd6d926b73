import { join } from 'node:path';
import { execa } from 'execa';
import { beforeAll, expect, test } from 'vitest';
import { docker } from '../support/docker.ts';
import { builtImages, firstBuildMs, type Images } from './setting.ts';

const entrypoint = join(import.meta.dirname, '../../deploy/entrypoint');
let images: Images;
beforeAll(async () => {
  images = await builtImages();
}, firstBuildMs);

test('the image holds what runs, for a user without rights: no tests, no tools of development', async () => {
  const look = `id -u; cd /app
    find . -name node_modules -prune -o \\( -name '*.test.*' -o -name test -o -name .git -o -name '.env*' \\) -print
    ls -d node_modules/vitest node_modules/typescript node_modules/prisma 2>/dev/null
    find / -xdev -user palvella 2>/dev/null; true`;
  const printed = await docker(images.host, 'run', '--rm', '--entrypoint', 'sh', images.palvella, '-c', look);
  expect(printed.split('\n')).toEqual(['10001', '/var/lib/palvella']);
});

test('it starts all of Palvella where only its state and /tmp can be written, says so in JSON, and ends when asked', async () => {
  const temporal = (await execa('which', ['temporal'])).stdout;
  const alone = ['--init', '--read-only', '--tmpfs=/tmp', '--tmpfs=/var/lib/palvella:uid=10001,exec'];
  const given = [`--volume=${temporal}:/usr/local/bin/temporal:ro`, '--env=PALVELLA_WORKER_ENGINES=local'];
  const id = await docker(images.host, 'run', '--detach', ...alone, ...given, images.palvella);
  const log = () => docker(images.host, 'logs', id);
  try {
    await expect.poll(log, { timeout: 60_000 }).toContain('ready at http://localhost:4600');
    await docker(images.host, 'stop', id);
    expect(await docker(images.host, 'inspect', '--format', '{{.State.ExitCode}}', id)).toBe('0');
    const lines = (await log()).split('\n').map((line) => JSON.parse(line) as { msg?: string });
    expect(lines.at(-1)?.msg).toBe('stopped');
  } finally {
    await docker(images.host, 'rm', '--force', id);
  }
});

test('no container serves Engines that nobody named, and a secret’s file that is not there is said', async () => {
  const asked = async (part: string, env: Record<string, string>) =>
    await execa(entrypoint, [part], {
      reject: false,
      extendEnv: false,
      env: { PATH: process.env['PATH'] ?? '', ...env },
    });
  for (const part of ['engine', 'start']) {
    expect(await asked(part, {})).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('PALVELLA_WORKER_ENGINES is not set'),
    });
  }
  expect(await asked('web', { PGPASSWORD_FILE: '/not/there' })).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('/not/there'),
  });
});
