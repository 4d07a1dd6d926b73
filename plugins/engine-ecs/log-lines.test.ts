import { expect, test } from 'vitest';
import { createLogReader } from './log-lines.ts';

function read(messages: readonly string[], known = { stdout: 0, stderr: 0 }) {
  const texts = { stdout: '', stderr: '' };
  const reader = createLogReader(known, (stream, bytes) => {
    texts[stream] += bytes.toString();
  });
  for (const message of messages) reader.push(message);
  return { ...texts, end: reader.end, named: reader.named().toString(), summary: reader.summary().toString() };
}

const log = [
  'o one',
  'e bad',
  'o ',
  'o+no end',
  'o  here',
  'n 613d',
  'n 310a',
  's 2320',
  's 4869',
  'x 3 1 5000 4096 0 1',
];

test('outputs, a named output and the end are told apart', () => {
  expect(read(log)).toEqual({
    stdout: 'one\n\nno end here\n',
    stderr: 'bad\n',
    named: 'a=1\n',
    summary: '# Hi',
    end: { status: 3, named: true, summary: true, cpuMs: 5, peakMemory: 4096, outOfMemory: 0 },
  });
});

test('what is known already is not given again, wherever it stops', () => {
  const { stdout } = read(log);
  for (let known = 0; known <= stdout.length; known += 1) {
    expect(read(log, { stdout: known, stderr: 2 })).toMatchObject({ stdout: stdout.slice(known), stderr: 'd\n' });
  }
});

test('lines of others say nothing', () => {
  expect(read(['exec sh failed', '{"level":"info"}'])).toMatchObject({ stdout: '', stderr: '', end: undefined });
});
