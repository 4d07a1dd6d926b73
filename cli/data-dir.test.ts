import { afterEach, expect, test, vi } from 'vitest';
import { offered, usualDataDir } from './data-dir.ts';
import { firstScreen } from './start/first-screen.ts';

afterEach(() => vi.unstubAllEnvs());

test('a command that is offered names the data directory, where commands would find another', () => {
  vi.stubEnv('PALVELLA_DATA_DIR', undefined);
  expect(offered('locks', usualDataDir)).toBe('palvella locks');
  expect(offered('locks', '/a/b')).toBe('palvella locks --data-dir /a/b');
  vi.stubEnv('PALVELLA_DATA_DIR', '/a/b');
  expect(offered('locks', '/a/b')).toBe('palvella locks');
  expect(offered('locks', usualDataDir)).toBe('palvella locks --data-dir .palvella');
});

test('a data directory is one word to the shell', () => {
  expect(offered('locks', "of Mona's; ls")).toBe(`palvella locks --data-dir 'of Mona'\\''s; ls'`);
});

test('a second shell may know another environment', () => {
  vi.stubEnv('PALVELLA_DATA_DIR', '/a/b');
  const of = (dataDir: string) => firstScreen({ url: 'http://x', signIn: 'http://y', found: [], seconds: 1, dataDir });
  expect(of('/a/b')).toContain('hello.yaml --data-dir /a/b && npx palvella run hello --follow --data-dir /a/b\n');
  expect(of(usualDataDir)).toContain('npx palvella apply -f examples/hello.yaml && npx palvella run hello --follow\n');
});
