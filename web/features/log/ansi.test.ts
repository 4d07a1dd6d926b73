import { describe, expect, test } from 'vitest';
import { marked, plainText, spansOf } from './ansi.ts';

const esc = '\u001b';

describe('a line of a terminal', () => {
  test('keeps markup as text', () => {
    expect(spansOf('<script>alert(1)</script> & "x"')).toEqual([
      { text: '<script>alert(1)</script> & "x"', classes: [] },
    ]);
    expect(plainText(`${esc}[31m<img src=x onerror=alert(1)>${esc}[0m`)).toBe('<img src=x onerror=alert(1)>');
  });

  test('shows colours and decorations as classes', () => {
    expect(spansOf(`a ${esc}[1;31mred${esc}[0m ${esc}[92mbright`)).toEqual([
      { text: 'a ', classes: [] },
      { text: 'red', classes: ['bold', 'fg-red'] },
      { text: ' ', classes: [] },
      { text: 'bright', classes: ['fg-bright-green'] },
    ]);
  });

  test('shows 256 and true colours as numbers', () => {
    expect(spansOf(`${esc}[38;5;208mo${esc}[48;2;1;2;3mt`)).toMatchObject([
      { color: 'rgb(255 135 0)' },
      { color: 'rgb(255 135 0)', background: 'rgb(1 2 3)' },
    ]);
  });

  test.each([
    ['a link', `${esc}]8;;javascript:alert(1)${esc}\\click${esc}]8;;${esc}\\`, 'click'],
    ['a link ended by BEL', `${esc}]8;;https://x.example\u0007click${esc}]8;;\u0007`, 'click'],
    ['a title that never ends', `a${esc}]0;title`, 'a'],
    ['cursor movements', `${esc}[2K${esc}[1Gdone${esc}[?25h`, 'done'],
    ['a character set', `${esc}(Bplain`, 'plain'],
    ['a cut sequence', `end${esc}[`, 'end'],
    ['control characters', 'a\u0000\u0008b\u007fc', 'abc'],
    ['tabs stay', 'a\tb', 'a\tb'],
    ['a progress bar', '10 %\r50 %\r100 %\r', '100 %'],
  ])('%s', (_, line, text) => {
    expect(plainText(line)).toBe(text);
  });

  test('no escape is ever left', () => {
    for (const tail of ['', '[', '[3', '[38;2;', ']', 'P', '\\', esc, '[999999m', '[m']) {
      expect(plainText(`x${esc}${tail}`)).not.toContain(esc);
    }
  });

  test('a line of a megabyte is cut and says so', () => {
    const text = plainText('x'.repeat(1_000_000));
    expect(text.length).toBeLessThan(21_000);
    expect(text).toContain('980,000 more characters');
  });
});

describe('marking what is searched', () => {
  test('goes across changes of colour and keeps them', () => {
    const spans = marked(spansOf(`one ${esc}[31mtw${esc}[32mo two`), 'TWO');
    expect(spans.map((span) => [span.text, span.match ?? false, span.classes[0]])).toEqual([
      ['one ', false, undefined],
      ['tw', true, 'fg-red'],
      ['o', true, 'fg-green'],
      [' ', false, 'fg-green'],
      ['two', true, 'fg-green'],
    ]);
  });

  test('finds nothing in nothing', () => {
    expect(marked(spansOf('abc'), '')).toHaveLength(1);
    expect(marked(spansOf('abc'), 'd')).toHaveLength(1);
  });

  test('does not mark the wrong letters where lower case is longer', () => {
    expect(marked(spansOf('İİ abc'), 'abc').map((span) => span.text)).toEqual(['İİ abc']);
  });
});
