import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lost, parseEnd, quote } from './script.ts';

test('whatever a text holds, it is one word of sh and nothing of it is executed', () => {
  const texts = fc.sample(
    fc.string({ unit: 'binary', maxLength: 20 }).filter((text) => !text.includes('\0')),
    40,
  );
  const hostile = ["'; touch /tmp/x; '", '$(id)', '`id`', "\\'", '\n', '"'];
  for (const text of [...texts, ...hostile]) {
    const sound = Buffer.from(text).toString();
    expect(execFileSync('sh', ['-s'], { input: `printf %s ${quote(sound)}` }).toString()).toBe(sound);
  }
  expect(() => quote('a\0b')).toThrow('NUL');
});

test('the end of a command is read, also where fields are missing', () => {
  const used = { cpuMs: 3, peakMemory: 4096, outOfMemory: 1 };
  expect(parseEnd('3 1 2500 4096 1 1')).toEqual({ status: 3, named: true, summary: true, ...used });
  expect(parseEnd('3 1 2500 4096 1')).toEqual({ status: 3, named: true, summary: false, ...used });
  expect(parseEnd('143')).toMatchObject({ status: 143, named: false, summary: false });
});

test.each(['', 'nonsense', '-5', '3.5', '99999999999999999999 1', '700'])(
  'a command that writes %j where its end is kept counts as lost',
  (line) => expect(parseEnd(line).status).toBe(lost),
);
