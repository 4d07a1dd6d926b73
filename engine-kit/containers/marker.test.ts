import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createMarkerScanner } from './marker.ts';

const marker = '\x1eabc\x1e';

/** What comes out of the scanner for these pieces. */
function scan(pieces: readonly Buffer[]) {
  const scanner = createMarkerScanner(marker);
  const before = Buffer.concat(pieces.map((piece) => scanner.push(piece))).toString('latin1');
  return { before, rest: scanner.rest().toString('latin1'), line: scanner.line };
}

function cut(text: string, at: readonly number[]): Buffer[] {
  const places = [...new Set(at.map((place) => place % (text.length + 1)))].sort((a, b) => a - b);
  const bytes = Buffer.from(text, 'latin1');
  return [0, ...places].map((from, index) => bytes.subarray(from, [...places, bytes.length][index]));
}

test('however the bytes are cut, all before the marker comes out and the line after it is found', () => {
  const alphabet = fc.constantFrom('\x1e', 'a', 'b', 'c', '\n', 'x');
  fc.assert(
    fc.property(fc.string({ unit: alphabet, maxLength: 30 }), fc.array(fc.nat(60)), (text, at) => {
      fc.pre(!text.includes(marker) && !`${text}${marker}`.slice(0, -1).includes(marker));
      const { before, line } = scan(cut(`${text}${marker}0 1 2\nleft behind`, at));
      expect({ before, line }).toEqual({ before: text, line: '0 1 2' });
    }),
  );
});

test('without a marker nothing is lost, and no more is kept back than could be its beginning', () => {
  expect(scan([Buffer.from('x\x1ea')])).toEqual({ before: 'x', rest: '\x1ea', line: undefined });
  expect(scan([Buffer.from('x\x1ea'), Buffer.from('z')])).toEqual({ before: 'x\x1eaz', rest: '', line: undefined });
});
