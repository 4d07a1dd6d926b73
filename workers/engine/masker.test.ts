import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { OutputChunk } from '../../core/contracts/engine.ts';
import { decodeFrames, encodeFrame, type Stream } from '../../core/log-frames.ts';
import { createMasker } from './masker.ts';

type Piece = [Stream, string];

/** One chunk a piece, as an engine would give them. */
function chunksOf(pieces: readonly Piece[]): OutputChunk[] {
  let end = 0;
  return pieces.map(([stream, text]) => {
    const frames = encodeFrame({ time: 1, stream, payload: Buffer.from(text, 'latin1') });
    end += frames.length;
    return { end, frames };
  });
}

function maskAll(secrets: readonly string[], pieces: readonly Piece[]): OutputChunk[] {
  const masker = createMasker(secrets);
  return [...chunksOf(pieces).map((chunk) => masker.push(chunk)), masker.flush()].filter(
    (chunk) => chunk !== undefined,
  );
}

function textOf(chunks: readonly OutputChunk[], stream: Stream = 'stdout'): string {
  const frames = chunks.flatMap((chunk) => [...decodeFrames(chunk.frames)]);
  return Buffer.concat(frames.filter((frame) => frame.stream === stream).map(({ payload }) => payload)).toString(
    'latin1',
  );
}

const masked = (secret: string, text: string) => textOf(maskAll([secret], [['stdout', text]]));
const secret = 'p4ss/w+rd?&"x\\y';

describe('masking', () => {
  test.each([
    ['as it is', secret],
    ['URL-encoded', encodeURIComponent(secret)],
    ['URL-encoded in lower case', encodeURIComponent(secret).toLowerCase()],
    ['JSON-escaped', JSON.stringify(secret).slice(1, -1)],
    ['base64', Buffer.from(secret).toString('base64').replace(/=+$/, '')],
    ['base64url', Buffer.from(secret).toString('base64url')],
  ])('hides a secret %s', (_, form) => {
    const text = masked(secret, `before ${form} after\n`);
    expect(text).toMatch(/^before \*\*\*.{0,2} after\n$/);
  });

  test.each([0, 1, 2])('hides a secret in base64 of a longer text, %i bytes in', (before) => {
    const whole = Buffer.from(`${'u'.repeat(before)}${secret}:tail`).toString('base64');
    const text = masked(secret, whole);
    expect(text).toContain('***');
    expect(Buffer.from(text.replace('***', ''), 'base64').toString()).not.toContain(secret.slice(2, -2));
  });

  test('hides each line of a secret of several, and not what is too short to be one', () => {
    const key = '-----BEGIN KEY-----\nMIIabcdefgh\n==\n-----END KEY-----\n';
    expect(masked(key, `x\n${key}y == z\n`)).toBe('x\n***\n***\n==\n***\ny == z\n');
  });

  test('hides base64 that a tool has wrapped', () => {
    const long = 'secret-'.repeat(30);
    const wrapped = Buffer.from(long).toString('base64').replace(/.{76}/g, '$&\n');
    expect(masked(long, wrapped)).toMatch(/^(\*\*\*=*\n?)+$/);
  });

  test.each([64, 76])('hides a long secret with a line end after it in base64 of %i a line', (width) => {
    for (let length = 50; length < 160; length += 1) {
      const long = Array.from({ length }, (_, i) => String.fromCharCode(33 + ((i * 37) % 90))).join('');
      const lines = Buffer.from(`${long}\n`)
        .toString('base64')
        .replace(new RegExp(`.{${width}}`, 'g'), '$&\n')
        .trimEnd();
      // What is left is the line's end that the line end of the text changes, or a last line too short to be told.
      expect(masked(long, lines)).toMatch(/^(\*\*\*\n)*(\*\*\*.{0,4}|.{1,11})$/);
    }
  });

  test('keeps streams apart: what one begins the other does not end', () => {
    const chunks = maskAll(
      ['hunter22'],
      [
        ['stdout', 'hunt'],
        ['stderr', 'er22 hunter22\n'],
        ['stdout', 'er22\n'],
      ],
    );
    expect(textOf(chunks)).toBe('***\n');
    expect(textOf(chunks, 'stderr')).toBe('er22 ***\n');
  });

  test('a line that may be the beginning of a secret waits for the rest, another does not', () => {
    const masker = createMasker(['hunter22']);
    const [one, two] = chunksOf([
      ['stdout', 'prompt: '],
      ['stdout', 'hunt'],
    ]) as [OutputChunk, OutputChunk];
    expect(masker.push(one)).toBe(one);
    expect(masker.push(two)).toBeUndefined();
    expect(masker.flush()).toEqual({ end: two.end, frames: Buffer.from(two.frames) });
  });

  test('the other stream is not kept back without bound', () => {
    const masker = createMasker(['hunter22']);
    const pieces: Piece[] = [
      ['stdout', 'hunt'],
      ...Array.from({ length: 40 }, (): Piece => ['stderr', `${'x'.repeat(50_000)}\n`]),
    ];
    const out = [...chunksOf(pieces).map((chunk) => masker.push(chunk)), masker.flush()].filter(
      (chunk) => chunk !== undefined,
    );
    expect(out.length).toBeGreaterThan(1);
    expect(textOf(out, 'stderr').length).toBe(40 * 50_001);
    expect(textOf(out)).toBe('hunt');
    // What was kept back would be read again from here.
    expect(out[0]?.end).toBe(0);
  });

  test('without secrets nothing is copied', () => {
    const [chunk] = chunksOf([['stdout', 'text']]) as [OutputChunk];
    expect(createMasker([]).push(chunk)).toBe(chunk);
    expect(createMasker(['', 'abc']).push(chunk)).toBe(chunk);
  });

  const letters = fc.string({ unit: fc.constantFrom('a', 'b', '\n'), minLength: 0, maxLength: 12 });
  const secretText = fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 4, maxLength: 7 });
  const piece = fc.tuple(fc.constantFrom<Stream>('stdout', 'stderr'), letters);

  test('however it is cut, the masked text is that of the whole', () => {
    fc.assert(
      fc.property(
        fc.array(secretText, { minLength: 1, maxLength: 3 }),
        fc.array(piece, { maxLength: 12 }),
        (secrets, pieces) => {
          const chunks = maskAll(secrets, pieces);
          for (const stream of ['stdout', 'stderr'] as const) {
            const whole = pieces
              .filter(([of]) => of === stream)
              .map(([, text]) => text)
              .join('');
            expect(textOf(chunks, stream)).toBe(createMasker(secrets).text(whole));
            for (const each of secrets) expect(textOf(chunks, stream)).not.toContain(each);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  test('going on at any chunk gives the same text: nothing lost, nothing doubled', () => {
    fc.assert(
      fc.property(
        fc.array(secretText, { minLength: 1, maxLength: 2 }),
        fc.array(piece, { maxLength: 10 }),
        (secrets, pieces) => {
          const raw = chunksOf(pieces);
          const whole = maskAll(secrets, pieces);
          for (const [index, { end }] of whole.entries()) {
            const masker = createMasker(secrets);
            const rest = raw.filter((chunk) => chunk.end > end);
            const again = [...rest.map((chunk) => masker.push(chunk)), masker.flush()].filter(
              (chunk) => chunk !== undefined,
            );
            for (const stream of ['stdout', 'stderr'] as const) {
              expect(textOf([...whole.slice(0, index + 1), ...again], stream)).toBe(textOf(whole, stream));
            }
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
