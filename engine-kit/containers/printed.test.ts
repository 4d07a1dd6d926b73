import { expect, test } from 'vitest';
import type { Container, Exec } from './container.ts';
import { printedBytes } from './printed.ts';

function containerThat(print: (closed: AbortSignal) => Exec['output']): Container {
  const closing = new AbortController();
  return {
    name: 'one',
    volume: 'one',
    exec: () => Promise.resolve({ output: print(closing.signal), close: () => closing.abort() }),
    whyGone: () => Promise.resolve(undefined),
    info: () => Promise.resolve({}),
  };
}

test('a program that prints without end is not read on', async () => {
  const endless = containerThat(async function* () {
    for (;;) yield await Promise.resolve({ stream: 'stdout' as const, bytes: Buffer.alloc(1000) });
  });
  expect((await printedBytes(endless, '', { most: 2500, withinMs: 10_000 })).length).toBe(2500);
});

test('a program that never ends is not waited for', async () => {
  const silent = containerThat(async function* (closed) {
    yield { stream: 'stdout' as const, bytes: Buffer.from('yes') };
    await new Promise((resolve) => closed.addEventListener('abort', resolve));
  });
  expect((await printedBytes(silent, '', { most: 2500, withinMs: 50 })).toString()).toBe('yes');
});
