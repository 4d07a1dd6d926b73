import { expect, test } from 'vitest';
import { type LogFormat, serverLog } from './server-log.ts';

function lines(format: LogFormat, ...printed: string[]): string[] {
  const written: string[] = [];
  const from = serverLog(format, (line) => written.push(line)).from('web');
  printed.forEach(from);
  return written;
}

test('text: the message under the name of its part, with what else the line says', () => {
  expect(lines('text', '{"level":"info","time":1,"msg":"hello","port":80}', 'plain', '')).toEqual([
    'web      | hello {"port":80}\n',
    'web      | plain\n',
  ]);
  expect(lines('text', '{"level":50,"msg":"broken"}')).toEqual(['web      | error broken\n']);
});

test('json: every line is one JSON object with its part', () => {
  const [own, plain, cut] = lines('json', '{"level":"info","msg":"hello"}', 'plain', '{"cut').map((line) =>
    JSON.parse(line),
  );
  expect(own).toEqual({ level: 'info', msg: 'hello', part: 'web' });
  expect(plain).toMatchObject({ msg: 'plain', part: 'web' });
  expect(cut).toMatchObject({ msg: '{"cut', part: 'web' });
});
